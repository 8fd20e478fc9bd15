// Sends without a reload; every form works the same without this file.
(() => {
  "use strict";
  const log = document.getElementById("log");
  const composer = document.getElementById("composer");
  const box = composer.elements.text;
  const touch = matchMedia("(pointer: coarse)").matches;
  let busy = false;

  const copy = (id) => document.getElementById(id).content.firstElementChild.cloneNode(true);

  const newNonce = () =>
    Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");

  function show(exchange) {
    const smooth = !matchMedia("(prefers-reduced-motion: reduce)").matches;
    exchange.scrollIntoView({ block: "start", behavior: smooth ? "smooth" : "auto" });
  }

  // A page of ours, whole or in part: the exchange, else the problem that it tells of, else nothing.
  function partOf(html) {
    const holder = document.createElement("template");
    holder.innerHTML = html;
    return holder.content.querySelector(".exchange, .problem");
  }

  const word = (name) => document.getElementById("words").content.querySelector(`[data-word=${name}]`).textContent;

  // What goes along with the next message: photos that were chosen, and a point.
  const ready = document.getElementById("ready");
  const more = composer.querySelector(".more");
  const photos = () => [...composer.querySelectorAll("[type=file]")].flatMap((field) => [...field.files]);

  function extras() {
    const point = composer.elements.point.value;
    const count = photos().length;
    return [count && word("photos").replace("{}", count), point && word("point")].filter(Boolean).join("、");
  }

  function showExtras(instead) {
    const text = extras();
    ready.textContent = instead || (text && word("ready").replace("{}", text));
    ready.hidden = !ready.textContent;
  }

  function clearExtras() {
    for (const field of composer.querySelectorAll("[type=file]")) field.value = "";
    composer.elements.point.value = "";
    more.open = false;
    showExtras();
  }

  composer.addEventListener("change", (event) => {
    if (event.target.type !== "file") return;
    more.open = false;
    showExtras();
  });

  // Where the phone is, only when it is asked for by a tap; WGS-84.
  const locate = document.getElementById("locate");
  locate.hidden = !("geolocation" in navigator);
  locate.addEventListener("click", () => {
    more.open = false;
    showExtras(word("locating"));
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => {
        composer.elements.point.value = `${coords.latitude.toFixed(6)},${coords.longitude.toFixed(6)}`;
        showExtras();
      },
      () => showExtras(word("unlocated")),
      { enableHighAccuracy: true, timeout: 20000, maximumAge: 60000 },
    );
  });

  function newExchange(text) {
    document.getElementById("welcome")?.remove();
    document.getElementById("newest")?.removeAttribute("id");
    const exchange = copy("pending");
    exchange.querySelector(".ask p").append(text);
    log.append(exchange);
    show(exchange);
    return exchange;
  }

  async function post(action, fields) {
    const headers = { "X-Requested-With": "fetch" };
    const response = await fetch(action, { method: "POST", headers, body: fields });
    const part = partOf(await response.text());
    if (!part) throw new TypeError(`status ${response.status}`);
    return part;
  }

  // While the duty desk owes a reply, the page looks for it; what it has already is not shown twice.
  const LOOK_EVERY_MS = 30000;
  let looking = 0;

  async function look() {
    if (document.hidden || busy) return;
    const holder = document.createElement("template");
    try {
      const response = await fetch("/news");
      if (!response.ok) return;
      holder.innerHTML = await response.text();
    } catch (error) {
      if (!(error instanceof TypeError)) throw error;
      return; // no network: the next look finds it
    }
    for (const news of holder.content.querySelectorAll("[data-turn]")) {
      if (log.querySelector(`[data-turn="${news.dataset.turn}"]`)) continue;
      log.append(news);
      show(news);
    }
    if (!holder.content.querySelector("[data-awaits-reply]")) {
      clearInterval(looking);
      looking = 0;
    }
  }

  function awaitReply() {
    looking ||= setInterval(look, LOOK_EVERY_MS);
  }

  if ("awaitsReply" in log.dataset) awaitReply();

  // The nonce stays the same however often it is tried, so the desk takes the message once.
  async function deliver(exchange, action, fields) {
    busy = true;
    composer.querySelector("button").setAttribute("aria-disabled", "true");
    try {
      const part = await post(action, fields);
      if (part.matches(".exchange")) exchange.replaceWith(part);
      else exchange.querySelector(".waiting").replaceWith(part);
      show(part.closest(".exchange"));
      if (part.querySelector(".handed_over")) awaitReply();
    } catch (error) {
      if (!(error instanceof TypeError)) throw error;
      const unsent = copy("unsent");
      exchange.querySelector(".waiting").replaceWith(unsent);
      unsent.querySelector(".again").addEventListener("click", () => {
        if (busy) return;
        unsent.replaceWith(copy("pending").querySelector(".waiting"));
        deliver(exchange, action, fields);
      });
    } finally {
      exchange.removeAttribute("aria-busy");
      composer.querySelector("button").removeAttribute("aria-disabled");
      busy = false;
    }
  }

  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (!form.matches("[data-send]")) return;
    event.preventDefault();
    const isComposer = form === composer;
    const text = (isComposer ? box.value : event.submitter.value).trim();
    const along = isComposer ? extras() : "";
    if (busy || !(text || along)) return;
    const fields = along ? new FormData() : new URLSearchParams();
    fields.set("text", text);
    fields.set("nonce", form.elements.nonce.value);
    if (along) {
      fields.set("point", composer.elements.point.value);
      for (const photo of photos()) fields.append("photo", photo);
      clearExtras();
    }
    const action = form.getAttribute("action");
    form.elements.nonce.value = newNonce();
    if (isComposer) box.value = "";
    fit();
    if (isComposer || !touch) box.focus({ preventScroll: true });
    deliver(newExchange(text || along), action, fields);
  });

  // Enter sends; Shift+Enter breaks the line; the Enter that ends a pinyin word does neither.
  box.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing || event.keyCode === 229) return;
    event.preventDefault();
    composer.requestSubmit();
  });

  // The box grows with its text; newer browsers do it by the style sheet alone.
  function fit() {
    if (CSS.supports("field-sizing", "content")) return;
    box.style.height = "auto";
    box.style.height = `${box.scrollHeight + 2}px`;
  }
  box.addEventListener("input", fit);

  // A page from the back-forward cache must not repeat an old nonce.
  addEventListener("pageshow", (event) => {
    if (event.persisted) for (const field of document.getElementsByName("nonce")) field.value = newNonce();
  });

  document.addEventListener("click", (event) => {
    if (more.open && !more.contains(event.target)) more.open = false;
    const who = document.querySelector(".who[open]");
    if (who && log.childElementCount && !who.contains(event.target)) who.open = false;
  });

  composer.noValidate = true; // an empty box is simply not sent
  if (!touch && !box.autofocus) box.focus({ preventScroll: true });
})();
