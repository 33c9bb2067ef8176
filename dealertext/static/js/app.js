// Live updates, drafts, waiting clocks, undo countdown, keys. Every page works without it.
(() => {
  "use strict";
  const $ = (selector, root = document) => root.querySelector(selector);
  const $$ = (selector, root = document) => [...root.querySelectorAll(selector)];

  // --- live: ids come over one stream; the browser re-reads fragments under its own rights ---
  const url = document.body.dataset.live;
  let timer = 0;
  const refresh = () => {
    window.clearTimeout(timer);
    timer = window.setTimeout(() => {
      $$("[data-live-part]").forEach((part) => window.htmx && window.htmx.trigger(part, "live"));
    }, 20);
  };
  if (url && window.EventSource) {
    const stream = new EventSource(url);
    let opened = false;
    stream.addEventListener("ready", () => { if (opened) refresh(); opened = true; });
    ["conversation", "message", "consent"].forEach((name) => stream.addEventListener(name, refresh));
    window.addEventListener("pagehide", () => stream.close());
  }
  document.addEventListener("visibilitychange", () => { if (!document.hidden) refresh(); });

  const thread = () => $("#thread");
  const toEnd = () => { const t = thread(); if (t) t.scrollTop = t.scrollHeight; };
  let last = "";
  const announce = () => {
    const newest = $$(".text--inbound", thread() || document).pop();
    if (!newest || newest.id === last) return;
    if (last) $("#announce").textContent = newest.querySelector(".bubble").innerText;
    last = newest.id;
  };
  document.body.addEventListener("htmx:afterSwap", (event) => {
    if (event.target.id === "thread") { toEnd(); announce(); }
    if (event.target.id === "composer") restore();
    clocks();
  });
  // What is being typed is never replaced by a refresh.
  document.body.addEventListener("htmx:beforeSwap", (event) => {
    const box = event.target.id === "composer" && $("#composer textarea");
    const same = box && event.detail.xhr.responseText.includes("<textarea");
    if (same && (box.value || document.activeElement === box)) event.detail.shouldSwap = false;
  });

  // --- drafts: kept per conversation, also over a failed post or a closed page ---
  const restore = () => {
    const box = $("#composer textarea");
    if (!box) return;
    const key = "draft:" + box.dataset.draft;
    if (!box.value) box.value = window.localStorage.getItem(key) || "";
    count(box);
  };
  document.addEventListener("input", (event) => {
    const box = event.target.closest("#composer textarea");
    if (!box) return;
    window.localStorage.setItem("draft:" + box.dataset.draft, box.value);
    count(box);
  });
  document.addEventListener("submit", (event) => {
    const box = $("#composer textarea");
    if (event.target.matches("[data-sends]") && box && navigator.onLine) {
      window.localStorage.removeItem("draft:" + box.dataset.draft);
    }
  });

  // --- segments, as messaging.segments counts them ---
  const BASIC = new Set("@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà");
  const EXTENDED = new Set("\f^{}\\[~]|€");
  const count = (box) => {
    const out = $("#segments");
    if (!out) return;
    const all = [...box.value];
    const gsm = all.every((c) => BASIC.has(c) || EXTENDED.has(c));
    const widths = all.map((c) => (gsm ? (EXTENDED.has(c) ? 2 : 1) : c.length));
    const units = widths.reduce((a, b) => a + b, 0);
    const [one, part] = gsm ? [160, 153] : [70, 67];
    let parts = all.length ? 1 : 0;
    if (units > one) {
      let used = 0;
      widths.forEach((w) => { if (used + w > part) { parts += 1; used = 0; } used += w; });
    }
    out.textContent = parts ? `${box.value.length} · ${parts} ${parts === 1 ? "text" : "texts"}` : "";
  };

  // --- clocks that tell the truth ---
  const clocks = () => {
    $$("time[data-since]").forEach((el) => {
      const minutes = Math.max(0, Math.floor((Date.now() - Date.parse(el.dateTime) + offset) / 60000));
      el.textContent = minutes < 60 ? `${minutes} min` : minutes < 1440 ? `${Math.floor(minutes / 60)} h ${minutes % 60} min` : `${Math.floor(minutes / 1440)} d`;
    });
    $$("[data-until]").forEach((el) => {
      const seconds = Math.ceil((Date.parse(el.dataset.until) - Date.now() - offset) / 1000);
      el.hidden = seconds <= 0;
    });
  };
  const stamp = $("[data-now]");
  const offset = stamp ? Date.parse(stamp.dataset.now) - Date.now() : 0;
  window.setInterval(clocks, 1000);

  // --- keys ---
  const move = (step) => {
    const rows = $$(".row");
    const at = rows.findIndex((row) => row === document.activeElement || row.getAttribute("aria-current"));
    const next = rows[Math.min(rows.length - 1, Math.max(0, at + step))];
    if (next) next.focus();
  };
  document.addEventListener("keydown", (event) => {
    if ((event.ctrlKey || event.metaKey) && event.key === "Enter") {
      const form = event.target.closest("form[data-sends]");
      if (form) form.requestSubmit();
      return;
    }
    if (event.target.closest("input, textarea, select") || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "j") move(1);
    if (event.key === "k") move(-1);
    if (event.key === "r") { const box = $("#composer textarea"); if (box) { box.focus(); event.preventDefault(); } }
    if (event.key === "e") { const form = $("form[data-closes]"); if (form) form.requestSubmit(); }
    if (event.key === "?") { const help = $("#keys"); if (help) help.showModal(); }
    if (event.key === "/") { const box = $("#q"); if (box) { box.focus(); event.preventDefault(); } }
  });
  document.addEventListener("submit", (event) => {
    const sentence = event.target.dataset.confirm;
    if (sentence && !window.confirm(sentence)) event.preventDefault();
  });
  window.addEventListener("load", () => { toEnd(); announce(); restore(); clocks(); });
})();
