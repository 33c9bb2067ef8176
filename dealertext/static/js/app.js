// Live updates, drafts, undo, clocks and keys. Every page works without this file.
(() => {
  "use strict";
  const $ = (selector, root = document) => root.querySelector(selector);
  const $$ = (selector, root = document) => [...root.querySelectorAll(selector)];
  const on = (name, handler) => document.addEventListener(name, handler);
  const body = document.body;
  document.documentElement.classList.add("scripted");

  // --- clocks that tell the truth: the portal's time, not the handset's -------------------------
  const offset = Date.parse(body.dataset.now) - Date.now() || 0;
  const now = () => Date.now() + offset;
  const LATE_MINUTES = 60;
  const waited = (since) => {
    const minutes = Math.max(0, Math.floor((now() - since) / 60000));
    if (minutes < 60) return [`${minutes} min`, minutes];
    if (minutes < 1440) return [`${Math.floor(minutes / 60)} h ${minutes % 60} min`, minutes];
    const days = Math.floor(minutes / 1440);
    return [`${days} ${days === 1 ? "day" : "days"}`, minutes];
  };
  const tick = () => {
    $$("time[data-since]").forEach((el) => {
      const [words, minutes] = waited(Date.parse(el.dateTime));
      if (el.textContent !== words) el.textContent = words;
      el.classList.toggle("wait--late", minutes >= LATE_MINUTES);
    });
    $$(".notice[data-until]").forEach((el) => {
      const seconds = Math.ceil((Date.parse(el.dataset.until) - now()) / 1000);
      if (seconds <= 0) el.remove();
      else $("[data-seconds]", el).textContent = seconds;
    });
  };
  window.setInterval(tick, 1000);

  // --- notices ----------------------------------------------------------------------------------
  const notices = $("#notices");
  const notice = (words, kind = "error") => {
    const el = document.createElement("p");
    el.className = `notice notice--${kind}`;
    const text = document.createElement("span");
    text.textContent = words;
    el.append(text);
    notices.append(el);
  };
  const fade = (el) => window.setTimeout(() => el.remove(), el.classList.contains("notice--error") ? 12000 : 5000);
  new MutationObserver((changes) => changes.forEach((change) => change.addedNodes.forEach((el) => {
    if (el.nodeType !== 1 || !el.classList.contains("notice")) return;
    if (el.dataset.until) tick(); else fade(el);
  }))).observe(notices, { childList: true });
  $$(".notice", notices).forEach(fade);

  // --- drafts: kept per person and conversation, also over a failed post or a closed page --------
  const draftKey = (box) => `draft:${body.dataset.me}:${box.dataset.draft}`;
  const box = () => $("#composer textarea");
  const keep = (el) => {
    try {
      if (el.value) localStorage.setItem(draftKey(el), el.value);
      else localStorage.removeItem(draftKey(el));
    } catch { /* a browser without storage keeps no drafts */ }
  };
  const restore = () => {
    const el = box();
    if (!el) return;
    if (!el.value) { try { el.value = localStorage.getItem(draftKey(el)) || ""; } catch { /* as above */ } }
    measure(el);
  };
  const forget = () => {
    try { Object.keys(localStorage).filter((key) => key.startsWith("draft:")).forEach((key) => localStorage.removeItem(key)); } catch { /* as above */ }
  };

  // --- segments, as messaging.segments counts them; the server has the last word -----------------
  const BASIC = new Set("@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà");
  const EXTENDED = new Set("\f^{}\\[~]|€");
  const segments = (text) => {
    const signs = [...text];
    const gsm = signs.every((c) => BASIC.has(c) || EXTENDED.has(c));
    const widths = signs.map((c) => (gsm ? (EXTENDED.has(c) ? 2 : 1) : c.length));
    const units = widths.reduce((a, b) => a + b, 0);
    const [single, part] = gsm ? [160, 153] : [70, 67];
    if (units <= single) return [units ? 1 : 0, single - units];
    let used = 0;
    let count = 1;
    widths.forEach((w) => { if (used + w > part) { count += 1; used = 0; } used += w; });
    return [count, part - used];
  };
  let asking = 0;
  const measure = (el) => {
    const meter = $("#meter");
    const [count, left] = segments(el.value);
    meter.textContent = count ? `${left} left · ${count} ${count === 1 ? "text" : "texts"}` : "";
    meter.title = count ? `${left} characters left in text ${count}` : "";
    meter.classList.toggle("meter--long", count > 2);
    window.clearTimeout(asking);
    if (el.value.trim()) asking = window.setTimeout(() => weigh(el).catch(() => {}), 500);
    else if ($("#measure")) $("#measure").replaceChildren();
  };
  // What the words cost is said beside them; without a connection nothing is said.
  const weigh = async (el) => {
    const holder = $("#measure");
    const answer = await fetch(holder.dataset.url, {
      method: "POST", body: new FormData(el.form), headers: { "HX-Request": "true" }, credentials: "same-origin",
    });
    if (!answer.ok || answer.redirected || !holder.isConnected) return;
    const words = await answer.text();
    if (el.value.trim()) holder.innerHTML = words;
  };
  on("input", (event) => {
    if (event.target.matches("#composer textarea")) { keep(event.target); measure(event.target); }
    if (event.target.id === "send_at") later(event.target);
  });
  on("change", (event) => { if (event.target.id === "purpose" && box()) measure(box()); });
  const later = (el) => {
    const button = $("#composer button[type=submit].button--primary");
    const label = $("span", button);
    label.textContent = el.value ? button.dataset.laterLabel : button.dataset.nowLabel;
    $("#later").textContent = el.value ? new Date(el.value).toLocaleString([], { weekday: "short", hour: "numeric", minute: "2-digit" }) : "";
  };

  // --- the thread -------------------------------------------------------------------------------
  const thread = () => $("#thread");
  const atEnd = (el) => el.scrollHeight - el.scrollTop - el.clientHeight < 120;
  const toEnd = () => { const el = thread(); if (el) el.scrollTop = el.scrollHeight; };
  const dedupe = () => {
    const seen = new Set();
    $$("#thread .items > [id]").forEach((el) => { if (seen.has(el.id)) el.remove(); seen.add(el.id); });
    const days = $$("#thread .day");
    days.forEach((el, i) => { if (i && days[i - 1].textContent === el.textContent) el.remove(); });
  };
  // First shown, then scrolled: what is hidden has no height.
  const opened = () => { current(); toEnd(); restore(); tick(); };
  const current = () => {
    const open = $("#conversation");
    $$(".row[aria-current]").forEach((el) => el.removeAttribute("aria-current"));
    const row = open && $(`#r-${CSS.escape(open.dataset.id)}`);
    if (row) row.setAttribute("aria-current", "page");
    $("#main").classList.toggle("panes--one", Boolean(open));
    if (open) document.title = `${open.dataset.title} · dealertext`;
  };

  // --- live: ids come over one stream; the browser re-reads fragments under its own rights --------
  const get = async (url) => {
    const answer = await fetch(url, { headers: { "HX-Request": "true" }, credentials: "same-origin" });
    if (!answer.ok || answer.redirected) return null;
    const holder = document.createElement("template");
    holder.innerHTML = await answer.text();
    return holder.content;
  };
  const put = (el, fresh) => { el.replaceWith(fresh); window.htmx.process(fresh); };
  const addTo = (url, name, value) => `${url}${url.includes("?") ? "&" : "?"}${name}=${encodeURIComponent(value)}`;

  const row = async (name, id) => {
    const list = $("#list");
    if (!list || "query" in $("#rows").dataset) return;
    const part = await get(addTo(list.dataset.url, name, id));
    if (!part) return;
    put($("#tabs"), $("#tabs", part));
    const rows = $("#rows");
    const fresh = $$(".row", part);
    if (name === "conversation" && !fresh.length) { const old = $(`#r-${CSS.escape(id)}`); if (old) old.remove(); }
    fresh.forEach((el) => {
      const old = $(`#r-${CSS.escape(el.id.slice(2))}`);
      const focused = old === document.activeElement;
      if (old) old.remove();
      const empty = $(".empty", rows);
      if (empty) empty.remove();
      const next = $$(".row", rows).find((other) => other.dataset.k > el.dataset.k) || $(".more", rows);
      rows.insertBefore(el, next);
      window.htmx.process(el);
      if (focused) el.focus();
    });
    current();
    tick();
  };

  // Another composer takes the place of the one on the screen: who writes there goes on writing.
  const exchange = (composer) => {
    const old = box();
    const focused = $("#composer").contains(document.activeElement);
    const at = old && [old.value, old.selectionStart, old.selectionEnd];
    put($("#composer"), composer);
    const fresh = box();
    if (fresh && at) {
      fresh.value = at[0];
      fresh.setSelectionRange(at[1], at[2]);
    }
    restore();
    if (focused) (fresh || $("#composer a, #composer button") || thread()).focus();
  };

  const tail = async () => {
    const open = $("#conversation");
    if (!open) return;
    const id = open.dataset.id;
    const known = $$("#thread .text").pop();
    const url = known ? addTo(open.dataset.url, "after", known.id.slice(2)) : open.dataset.url;
    const part = await get(url);
    if (!part || !$("#conversation") || $("#conversation").dataset.id !== id) return;
    if (!known) { put(open, $("#conversation", part)); opened(); return; }
    const follow = atEnd(thread());
    const items = $$("#thread .items").pop();
    $$(".items > *", part).forEach((el) => {
      if (el.id && document.getElementById(el.id)) return;
      if (el.matches(".text")) el.classList.add("text--new");
      items.append(el);
      window.htmx.process(el);
      if (el.matches(".text--inbound")) $("#announce").textContent = $(".bubble", el).textContent.trim();
    });
    dedupe();
    if (!$("#conv-head details[open]")) put($("#conv-head"), $("#conv-head", part));
    put($("#rail-consent"), $("#rail-consent", part));
    const composer = $("#composer", part);
    if (composer.dataset.sig !== $("#composer").dataset.sig) exchange(composer);
    tick();
    if (follow) toEnd();
  };

  const bubble = async (id) => {
    const part = await get(`/messages/${id}/`);
    const fresh = part && $(".text", part);
    if (!fresh) return;
    const old = $(`#m-${CSS.escape(id)}`);
    if (old) { put(old, fresh); return; }
    const open = $("#conversation");
    once(`r${fresh.dataset.c}`, () => row("conversation", fresh.dataset.c));
    if (open && open.dataset.id === fresh.dataset.c) once("tail", tail);
  };

  const everything = async () => {
    const list = $("#list");
    const open = $("#conversation");
    if (list && !("query" in $("#rows").dataset)) {
      const part = await get(list.dataset.url);
      const fresh = part && $("#list", part);
      if (fresh && !list.contains(document.activeElement)) { put($("#tabs"), $("#tabs", fresh)); put($("#rows"), $("#rows", fresh)); }
    }
    if (open) await tail();
    current();
  };

  // One at a time for each thing, and once more if it changed meanwhile.
  const running = new Map();
  const once = (key, job) => {
    if (running.has(key)) { running.set(key, true); return; }
    running.set(key, false);
    job().catch(() => {}).finally(() => {
      const more = running.get(key);
      running.delete(key);
      if (more) once(key, job);
    });
  };
  let isLive = false;
  const changed = (event, id) => {
    isLive = true;
    const open = $("#conversation");
    if (event === "ready") { once("all", everything); return; }
    if (event === "message") once(`m${id}`, () => bubble(id));
    if (event === "conversation") {
      once(`r${id}`, () => row("conversation", id));
      if (open && open.dataset.id === id) once("tail", tail);
    }
    if (event === "consent") {
      once(`p${id}`, () => row("contact", id));
      if (open && open.dataset.contact === id) once("tail", tail);
    }
    $$("[data-live-part]").forEach((el) => window.htmx.trigger(el, "live"));
  };
  let greeted = false;
  on("htmx:sseBeforeMessage", (event) => {
    event.preventDefault();
    const { type, data } = event.detail;
    if (type === "ready" && !greeted) { greeted = true; isLive = true; return; }
    changed(type, data);
  });
  on("htmx:sseError", () => { isLive = false; });
  if ($("#live")) window.setInterval(() => { if (!isLive && !document.hidden) once("all", everything); }, 15000);
  on("visibilitychange", () => { if (!document.hidden && $("#live")) once("all", everything); });

  // --- htmx -------------------------------------------------------------------------------------
  let sentBody = "";
  on("htmx:configRequest", (event) => {
    if (event.target.matches("[data-sends]") && box()) sentBody = box().value;
  });
  on("sent", () => {
    const el = box();
    const key = el ? draftKey(el) : `draft:${body.dataset.me}:${$("#conversation").dataset.id}`;
    try { localStorage.removeItem(key); } catch { /* as above */ }
  });
  on("canceled", () => {
    const el = box();
    $$(".notice--undo").forEach((toast) => toast.remove());
    if (el && !el.value && sentBody) { el.value = sentBody; keep(el); measure(el); el.focus(); }
  });
  on("htmx:afterSwap", (event) => {
    const { target } = event.detail;
    if (target.id === "pane") { $$("dialog[open]").forEach((el) => el.close()); opened(); }
    if (target.id === "dialog") { if (!target.open) target.showModal(); }
    tick();
  });
  // Notices and new bubbles join what is on the page. htmx's own way fails when a live update has
  // meanwhile replaced the form that asked.
  on("htmx:beforeSwap", ({ detail }) => {
    if (!detail.shouldSwap || !detail.serverResponse.includes("data-joins")) return;
    const holder = document.createElement("template");
    holder.innerHTML = detail.serverResponse;
    $$("[data-joins]", holder.content).forEach((part) => {
      const target = $(part.dataset.joins);
      [...part.children].forEach((el) => {
        if (!target || (el.id && document.getElementById(el.id))) return;
        target.append(el);
        window.htmx.process(el);
      });
      part.remove();
      if (target && target !== notices) { dedupe(); toEnd(); }
    });
    detail.serverResponse = holder.innerHTML;
  });
  on("htmx:afterSettle", (event) => {
    if (event.target.id === "composer" && box()) { measure(box()); box().focus(); }
  });
  on("htmx:beforeRequest", (event) => { if (!event.target.matches("#live")) $("#busy").classList.add("on"); });
  on("htmx:afterRequest", () => $("#busy").classList.remove("on"));
  on("htmx:sendError", (event) => notice(event.target.matches("[data-sends]") ? "No connection. Your text is kept here: press Send again, it goes out once." : "No connection. Try again in a moment."));
  on("htmx:responseError", (event) => {
    const { status } = event.detail.xhr;
    if (status === 403) notice("That did not work: reload the page, or you may not do this.");
    else if (status === 404) notice("This is not here any more.");
    else notice("That did not work. Nothing was changed; please try again.");
  });

  // --- small things -----------------------------------------------------------------------------
  on("click", (event) => {
    const el = event.target.closest("[data-dismiss], [data-opens], [data-closes], [data-rail], [data-back]");
    const menu = event.target.closest("details.menu");
    $$("details.menu[open]").forEach((other) => { if (other !== menu) other.open = false; });
    if (event.target.matches("dialog")) event.target.close();
    if (!el) return;
    if ("dismiss" in el.dataset) el.closest(".notice").remove();
    if (el.dataset.opens) { document.getElementById(el.dataset.opens).showModal(); if (menu) menu.open = false; }
    if ("closes" in el.dataset && el.closest("dialog")) { event.preventDefault(); el.closest("dialog").close(); }
    if ("rail" in el.dataset) { event.preventDefault(); $("#rail").classList.toggle("rail--open"); }
  });
  on("submit", (event) => {
    const { confirm } = event.target.dataset;
    if (confirm && !window.confirm(confirm)) event.preventDefault();
    if ("forgets" in event.target.dataset) forget();
  });

  // --- keys -------------------------------------------------------------------------------------
  const move = (step) => {
    const rows = $$(".row, [data-row]");
    const focused = rows.indexOf(document.activeElement);
    const at = focused >= 0 ? focused : rows.findIndex((el) => el.hasAttribute("aria-current"));
    const next = rows[Math.min(rows.length - 1, Math.max(0, at + step))];
    if (next) { next.focus(); next.scrollIntoView({ block: "nearest" }); }
  };
  const press = (key) => { const el = $(`[data-key="${key}"]`); if (el) el.click(); return Boolean(el); };
  on("keydown", (event) => {
    const { key, target } = event;
    if ((event.ctrlKey || event.metaKey) && key === "Enter") {
      const form = target.closest("form[data-sends]");
      if (form) form.requestSubmit($("button[type=submit].button--primary", form));
      return;
    }
    if (key === "Escape") {
      $$("details.menu[open]").forEach((el) => { el.open = false; $("summary", el).focus(); });
      if (target.matches("#composer textarea, #q")) target.blur();
      if ($("#rail")) $("#rail").classList.remove("rail--open");
      return;
    }
    if (event.ctrlKey || event.metaKey || event.altKey || target.closest("input, textarea, select, dialog[open]")) return;
    const done = {
      j: () => move(1),
      k: () => move(-1),
      r: () => { if (box()) box().focus(); else press("r"); },
      "/": () => { if ($("#q")) $("#q").focus(); },
      "?": () => { if ($("#keys")) $("#keys").showModal(); },
    }[key];
    if (done) { done(); event.preventDefault(); }
    else if (["a", "e", "z", "c"].includes(key) && press(key)) event.preventDefault();
  });

  opened();
  window.addEventListener("pageshow", () => { restore(); });
})();
