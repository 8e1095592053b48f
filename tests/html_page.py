"""A web page with about everything in it that one can hold. What it says is invented."""

PAGE = """\
<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Strict//EN" "http://www.w3.org/TR/xhtml1/DTD/xhtml1-strict.dtd">
<!-- before -->
<html lang="ko" xmlns="http://www.w3.org/1999/xhtml"><head><meta charset="utf-8"><title>The river &amp; the
ferry</title>
<meta name="author" content="somebody"><meta property="og:title" content="River"><base href="https://example.org/x/">
<link rel="stylesheet" href="https://example.org/a.css"><link rel="icon" href="b.ico">
<style media="all">/* remark */ .gone { display: none } #a .x:hover { color: white !important } p::before { content:
"so" }
@media print { .y { display: none } } @font-face { font-family: Own; src: url(own.woff) } li { color: red</style>
<script type="application/ld+json">{"name": "x"}</script><script>var a = "b <p>";</script>
<noscript><p title="c">No program</p></noscript></head>
<body class="page" onload="go()" bgcolor="#ffffff">
<h1 id="top" style="color:#333">The river</h1>
<p class="gone">not shown</p><p style="font-size:1px">tiny <b style="font-size:16px">large</b></p><p hidden>hidden</p>
<p>One <b>bold</b> <i>and</i> <a href="https://example.org/?utm_source=mail&amp;id=7" title="tip"
data-own="z">link</a>,
caf&eacute; &#x41;&#66; &copy 5 &lt;so&gt; a<br>b<wbr>c <span style="visibility:hidden">v <em
style="visibility:visible">w</em></span>
<del cite="d" datetime="2001-01-01">old</del> <ins>new</ins> <q>said</q>
<ruby>北<rp>(</rp><rt>북</rt><rp>)</rp></ruby></p>
<ul><li>one<ol start="3"><li value="4">two</li></ol></li><li><p>three</p><p>four</p></li></ul>
<table summary="s" border="1"><caption>cap</caption><colgroup><col width="3"></colgroup><thead><tr><th
scope="col">a</th><th abbr="bb">b</th></tr></thead>
<tbody><tr><td colspan="2" rowspan=2>wide</td></tr><tr><td>z</td></tr></tbody></table>
<form action="https://example.org/go" method="post"><label for="n">Name</label> <input id="n" name="n" value="typed"
placeholder="ph">
<select name="s"><optgroup label="og"><option value="1" selected>first</option></optgroup></select><textarea
name="t">area</textarea><button name="k">press</button></form>
<img src="https://example.org/p.png" alt="a picture" srcset="q.png 2x" longdesc="l"><picture><source
srcset="r.webp"><img src="s.png"></picture>
<svg viewBox="0 0 1 1"><title>drawing</title><desc>described</desc><text
x="1">drawn</text><metadata><rdf>m</rdf></metadata><a xlink:href="https://example.org/">q</a></svg>
<math><mi>x</mi><annotation encoding="t">ann</annotation></math>
<iframe src="https://example.org/f" srcdoc="&lt;p&gt;inner&lt;/p&gt;" title="f">fallback</iframe><object
data="o.swf"><param name="p" value="pv">obj</object>
<embed src="e.swf"><video src="v.mp4" poster="p.jpg"><track src="t.vtt" label="tl">no video</video><canvas>no
canvas</canvas>
<template><p>templ</p></template><dialog>closed</dialog><details><summary>sum</summary>det</details><map
name="m"><area href="ar" alt="area alt"></map>
<pre>
 kept   space <b>x</b>
</pre><blockquote cite="bq"><p>quoted</p></blockquote><figure><figcaption>caption</figcaption></figure><own-element
own-name="v">own</own-element>
<!--[if IE]><p>old browser</p><![endif]--><![if !IE]>new<![endif]>
<p>word<sup><a role="doc-noteref" href="#note-1">1</a></sup></p><section role="doc-endnotes"><ol><li id="note-1"><p>a
note</p></li></ol></section>
<footer><p>foot</p></footer></body></html>
<!-- after --> late
"""
