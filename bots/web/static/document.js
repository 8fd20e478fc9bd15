// Opens the contents where there is room for them, and brings the first marked quote into view.
(() => {
  "use strict";
  const contents = document.getElementById("toc");
  if (contents && matchMedia("(min-width: 68rem)").matches) contents.open = true;

  const mark = document.querySelector("mark");
  if (!mark) return;
  addEventListener("load", () => {
    const top = mark.getBoundingClientRect().top;
    if (top < 0 || top > innerHeight * 0.8) mark.scrollIntoView({ block: "center" });
  });
})();
