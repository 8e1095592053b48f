"use strict";
(() => {
  const pop = document.getElementById("pop");
  const body = pop.querySelector(".pop-body");
  const passages = [...document.querySelectorAll("a.s")];
  let shown = null;
  let pinned = false;
  let waiting = 0;

  const notesOf = (passage) => passage.dataset.notes.split(" ");

  const place = (passage) => {
    const lines = passage.getClientRects();
    const line = lines[lines.length - 1];
    const edge = document.documentElement.clientWidth - pop.offsetWidth - 12;
    const below = line.bottom + 8;
    const above = lines[0].top - pop.offsetHeight - 8;
    const fits = below + pop.offsetHeight < window.innerHeight || above < 0;
    pop.style.left = Math.max(12, Math.min(line.left, edge)) + window.scrollX + "px";
    pop.style.top = (fits ? below : above) + window.scrollY + "px";
  };

  const hide = () => {
    clearTimeout(waiting);
    pop.hidden = true;
    pinned = false;
    shown = null;
    for (const passage of passages) passage.classList.remove("on");
  };

  const show = (passage) => {
    clearTimeout(waiting);
    if (shown === passage) return;
    hide();
    const ids = notesOf(passage);
    body.replaceChildren(...ids.map((id) => {
      const note = document.createElement("div");
      const source = document.getElementById(id);
      note.className = source.className;
      for (const child of source.childNodes) note.append(child.cloneNode(true));
      return note;
    }));
    pop.hidden = false;
    shown = passage;
    for (const other of passages) {
      if (notesOf(other).some((id) => ids.includes(id))) other.classList.add("on");
    }
    place(passage);
  };

  // A short wait lets the pointer travel from the passage into the note.
  const leave = () => {
    clearTimeout(waiting);
    if (!pinned) waiting = setTimeout(hide, 250);
  };

  for (const passage of passages) {
    passage.addEventListener("pointerenter", (e) => {
      if (e.pointerType === "mouse" && !pinned) show(passage);
    });
    passage.addEventListener("pointerleave", (e) => {
      if (e.pointerType === "mouse") leave();
    });
    passage.addEventListener("focus", () => show(passage));
    passage.addEventListener("blur", (e) => {
      if (!pop.contains(e.relatedTarget)) leave();
    });
    passage.addEventListener("click", (e) => {
      e.preventDefault();
      show(passage);
      pinned = true;
    });
  }
  pop.addEventListener("pointerenter", () => clearTimeout(waiting));
  pop.addEventListener("pointerleave", leave);
  pop.querySelector(".close").addEventListener("click", hide);
  document.addEventListener("keydown", (e) => {
    if (e.key === "Escape") hide();
  });
  document.addEventListener("click", (e) => {
    if (!e.target.closest("a.s, .pop")) hide();
  });
  window.addEventListener("resize", () => {
    if (shown) place(shown);
  });
})();
