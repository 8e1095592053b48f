"""Countries with what their people and their things are called, in English and Korean."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import Final

# Country (further names after |); adjectives; people; Korean names.
_NATIONS: Final = """
Albania; Albanian; Albanians; 알바니아
Algeria; Algerian; Algerians; 알제리
Armenia; Armenian; Armenians; 아르메니아
Australia; Australian; Australians, Aussies; 호주, 오스트랄리아
Austria; Austrian; Austrians; 오스트리아
Azerbaijan; Azerbaijani, Azeri; Azerbaijanis, Azeris; 아제르바이잔
Bangladesh; Bangladeshi; Bangladeshis; 방글라데시
Belarus; Belarusian; Belarusians; 벨라루스
Belgium; Belgian; Belgians; 벨기에
Bosnia and Herzegovina|Bosnia; Bosnian; Bosnians; 보스니아
Brazil; Brazilian; Brazilians; 브라질
Bulgaria; Bulgarian; Bulgarians; 불가리아
Cambodia; Cambodian, Khmer; Cambodians; 캄보디아
Canada; Canadian; Canadians; 캐나다, 카나다
China|People's Republic of China|PRC; Chinese; Chinese; 중국
Croatia; Croatian, Croat; Croatians, Croats; 크로아티아
Cuba; Cuban; Cubans; 쿠바
Cyprus; Cypriot; Cypriots; 키프로스
Czech Republic|Czechia|Czechoslovakia; Czech; Czechs; 체코, 체스꼬
Denmark; Danish; Danes, Dane; 덴마크, 단마르크
Egypt; Egyptian; Egyptians; 이집트, 에짚트
Estonia; Estonian; Estonians; 에스토니아
Finland; Finnish; Finns, Finn; 핀란드
France; French; Frenchman, Frenchmen, Frenchwoman, Frenchwomen; 프랑스
Georgia; Georgian; Georgians; 조지아, 그루지야
Germany|Federal Republic of Germany; German; Germans; 독일, 도이췰란드
Greece; Greek; Greeks; 그리스
Hungary; Hungarian; Hungarians; 헝가리, 마쟈르
Iceland; Icelandic; Icelanders, Icelander; 아이슬란드
India; Indian; Indians; 인도
Indonesia; Indonesian; Indonesians; 인도네시아
Iran; Iranian; Iranians; 이란
Iraq; Iraqi; Iraqis; 이라크
Ireland; Irish; Irishman, Irishmen, Irishwoman; 아일랜드
Israel; Israeli; Israelis; 이스라엘
Italy; Italian; Italians; 이탈리아, 이딸리아
Japan; Japanese; Japanese; 일본
Kazakhstan; Kazakh, Kazakhstani; Kazakhs; 카자흐스탄
Kosovo; Kosovar, Kosovan; Kosovars; 코소보
Kuwait; Kuwaiti; Kuwaitis; 쿠웨이트
Kyrgyzstan; Kyrgyz; Kyrgyz; 키르기스스탄
Laos; Laotian, Lao; Laotians; 라오스
Latvia; Latvian; Latvians; 라트비아
Lebanon; Lebanese; Lebanese; 레바논
Lithuania; Lithuanian; Lithuanians; 리투아니아
Luxembourg; Luxembourgish; Luxembourgers; 룩셈부르크
Malaysia; Malaysian; Malaysians; 말레이시아
Malta; Maltese; Maltese; 몰타
Mexico; Mexican; Mexicans; 멕시코
Moldova; Moldovan; Moldovans; 몰도바
Mongolia; Mongolian; Mongolians; 몽골
Montenegro; Montenegrin; Montenegrins; 몬테네그로
Morocco; Moroccan; Moroccans; 모로코
Myanmar|Burma; Burmese; Burmese; 미얀마, 버마
Netherlands|Holland; Dutch; Dutchman, Dutchmen, Dutchwoman; 네덜란드
New Zealand; New Zealand; New Zealanders, New Zealander; 뉴질랜드
Nigeria; Nigerian; Nigerians; 나이지리아
North Macedonia|Macedonia; Macedonian; Macedonians; 마케도니아
Norway; Norwegian; Norwegians; 노르웨이
Pakistan; Pakistani; Pakistanis; 파키스탄
Philippines; Philippine, Filipino, Filipina; Filipinos; 필리핀
Poland; Polish; Poles, Pole; 폴란드, 뽈스까
Portugal; Portuguese; Portuguese; 포르투갈
Romania; Romanian; Romanians; 루마니아
Russia|Russian Federation|Soviet Union|USSR; Russian, Soviet; Russians; 러시아, 로씨야, 소련
Saudi Arabia; Saudi; Saudis; 사우디아라비아
Serbia; Serbian, Serb; Serbians, Serbs; 세르비아
Singapore; Singaporean; Singaporeans; 싱가포르
Slovakia|Slovak Republic; Slovak, Slovakian; Slovaks; 슬로바키아
Slovenia; Slovenian, Slovene; Slovenians, Slovenes; 슬로베니아
Somalia; Somali; Somalis; 소말리아
Spain; Spanish; Spaniards, Spaniard; 스페인, 에스빠냐
Sri Lanka; Sri Lankan; Sri Lankans; 스리랑카
Sweden|Kingdom of Sweden; Swedish; Swedes, Swede; 스웨덴, 스웨리예
Switzerland; Swiss; Swiss; 스위스
Syria; Syrian; Syrians; 시리아, 수리아
Taiwan; Taiwanese; Taiwanese; 대만
Tajikistan; Tajik; Tajiks; 타지키스탄
Thailand; Thai; Thais; 태국, 타이
Tunisia; Tunisian; Tunisians; 튀니지
Turkey|Türkiye|Republic of Turkey; Turkish; Turks, Turk; 튀르키예, 터키, 뛰르끼예
Ukraine; Ukrainian; Ukrainians; 우크라이나
United Kingdom|UK|Great Britain|Britain; British; Britons, Briton, Brits; 영국
United States|United States of America|USA|US|America; American; Americans; 미국
Uzbekistan; Uzbek; Uzbeks; 우즈베키스탄
Vietnam|Viet Nam; Vietnamese; Vietnamese; 베트남, 윁남
England; English; Englishman, Englishmen, Englishwoman; 잉글랜드
Scotland; Scottish; Scots, Scot, Scotsman; 스코틀랜드
Wales; Welsh; Welshman, Welshwoman; 웨일스
South Korea|Republic of Korea|ROK; South Korean; South Koreans; 한국, 남한, 대한민국, 남조선
North Korea|DPRK; North Korean; North Koreans; 북한, 북조선, 조선민주주의인민공화국
Kurdistan; Kurdish; Kurds, Kurd; 쿠르드
"""
_KOREAN_ENDS: Final = ("", "인", "사람", " 사람", " 국적", " 출신")


@lru_cache(maxsize=1)
def _table() -> tuple[dict[str, tuple[str, ...]], int]:
    """Every word of the table, folded, with all words of its country; and the most words that one has."""
    found: dict[str, tuple[str, ...]] = {}
    for line in _NATIONS.strip().splitlines():
        names, adjectives, people, korean = ([w.strip() for w in part.split(",")] for part in line.split(";"))
        countries = [n for part in names for n in part.split("|")]
        singular = [p[:-1] for p in people if p.endswith("s") and p != adjectives[0]]
        hangul = [k + end for k in korean for end in _KOREAN_ENDS]
        words = tuple(dict.fromkeys((*countries, *adjectives, *people, *singular, *hangul)))
        for word in words:
            found.setdefault(word.casefold(), words)
    return found, max(len(w.split()) for w in found)


def nation_words(form: str) -> tuple[str, ...]:
    """All words for the country that a form names, or whose adjective or people it is; none for anything else.

    Parameters
    ----------
    form : str
        One name or word, without an article.
    """
    return _table()[0].get(form.strip().casefold(), ())


def with_other_nation_words(form: str) -> Iterator[str]:
    """A longer form with the words of a country in it changed: "Turkish Government", "Government of Turkey".

    Parameters
    ----------
    form : str
        Several words.
    """
    table, longest = _table()
    words = form.split()
    for start in range(len(words)):
        for end in range(min(len(words), start + longest), start, -1):
            others = table.get(" ".join(words[start:end]).casefold())
            if others and not (start == 0 and end == len(words)):
                before, after = " ".join(words[:start]), " ".join(words[end:])
                for other in others:
                    if other.isascii() == form.isascii():
                        yield " ".join(f"{before} {other} {after}".split())
                        if not before:
                            yield from (f"{after} of {other}", f"{other}'s {after}")
                break
