"use strict";
// A code and its words light each other: hovering shows, clicking (or j and k) holds, Escape lets go.
(() => {
  const articles = [...document.querySelectorAll("article")];
  const codesOf = (article) => [...article.querySelectorAll(".code")];
  const marksOf = (article, key) => [...article.querySelectorAll("mark")].filter((m) => m.dataset.k.split(" ").includes(key));
  let held = null;

  const clear = () => document.querySelectorAll(".lit").forEach((e) => e.classList.remove("lit"));
  const light = (code) => {
    clear();
    if (!code) return;
    code.classList.add("lit");
    marksOf(code.closest("article"), code.dataset.k).forEach((m) => m.classList.add("lit"));
  };
  const near = { block: "nearest", behavior: "smooth" };
  const middle = { block: "center", behavior: "smooth" };
  const hold = (code, jump) => {
    held = code;
    light(code);
    if (!code) return;
    const details = code.closest("details");
    if (details) details.open = true;
    code.focus({ preventScroll: true });
    if (jump) {
      const first = marksOf(code.closest("article"), code.dataset.k)[0];
      (first || code).scrollIntoView(middle);
    }
    code.scrollIntoView(near);
  };

  for (const article of articles) {
    const byKey = new Map(codesOf(article).map((code) => [code.dataset.k, code]));
    for (const code of byKey.values()) {
      code.addEventListener("mouseenter", () => held || light(code));
      code.addEventListener("mouseleave", () => held || clear());
      code.addEventListener("click", () => hold(held === code ? null : code, true));
    }
    for (const mark of article.querySelectorAll("mark")) {
      const codes = mark.dataset.k.split(" ").map((key) => byKey.get(key)).filter(Boolean);
      mark.addEventListener("mouseenter", () => held || light(codes[0]));
      mark.addEventListener("mouseleave", () => held || clear());
      mark.addEventListener("click", () => hold(codes[(codes.indexOf(held) + 1) % codes.length], false));
    }
  }

  const visible = () => {
    const inView = articles.find((a) => a.getBoundingClientRect().bottom > 80);
    return held ? held.closest("article") : inView;
  };
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.tagName === "SELECT") return;
    if (event.key === "Escape") return hold(null, false);
    if (event.key === "Enter" && event.target.classList.contains("code")) return hold(event.target, true);
    const step = { j: 1, k: -1 }[event.key];
    const article = step && visible();
    if (!article) return;
    const codes = codesOf(article).filter((c) => !c.closest("details:not([open])"));
    if (codes.length === 0) return;
    const at = codes.indexOf(held);
    hold(codes[at < 0 ? (step > 0 ? 0 : codes.length - 1) : Math.min(codes.length - 1, Math.max(0, at + step))], true);
  });

  const chooser = document.querySelector("select");
  if (chooser) {
    if (articles.length < 2) chooser.hidden = true;
    articles.forEach((a, n) => chooser.add(new Option(a.querySelector("h1").textContent, String(n))));
    chooser.addEventListener("change", () => articles[Number(chooser.value)].scrollIntoView());
  }
})();
