// Keeps the phone up to date and sends without leaving the page. Everything works without it.
"use strict";

(() => {
  const root = document.documentElement;
  root.classList.add("js");
  const live = document.getElementById("live");
  const thread = document.getElementById("thread");
  const clock = new Intl.DateTimeFormat(undefined, { hour: "numeric", minute: "2-digit" });

  const localise = (within) => {
    for (const time of within.querySelectorAll("time[datetime]")) {
      const at = new Date(time.dateTime);
      time.textContent = clock.format(at);
      time.title = at.toLocaleString();
    }
  };

  const atBottom = () => thread && thread.scrollHeight - thread.scrollTop - thread.clientHeight < 80;
  const toBottom = () => thread && (thread.scrollTop = thread.scrollHeight);

  // Bubbles are added or changed one by one, so that a screen reader hears only what is new.
  const mergeList = (old, fresh) => {
    const stay = atBottom();
    const wanted = new Map([...fresh.children].map((item) => [item.id, item]));
    for (const item of [...old.children]) if (!wanted.has(item.id)) item.remove();
    for (const item of wanted.values()) {
      const known = item.id && document.getElementById(item.id);
      if (!known) {
        item.classList.add("new");
        old.append(item);
      } else if (known.innerHTML !== item.innerHTML) {
        known.className = item.className;
        known.replaceChildren(...item.childNodes);
      }
    }
    if (stay) toBottom();
  };

  const merge = (page) => {
    localise(page);
    for (const old of document.querySelectorAll("[data-live]")) {
      const fresh = page.getElementById(old.id);
      if (!fresh) continue;
      if (old.dataset.live === "list") {
        mergeList(old, fresh);
      } else if (old.innerHTML !== fresh.innerHTML && !old.contains(document.activeElement)) {
        old.replaceChildren(...fresh.childNodes);
      }
    }
  };

  let running = false;
  let again = false;
  const refresh = async () => {
    if (running) {
      again = true;
      return;
    }
    running = true;
    try {
      const answer = await fetch(address(), { headers: { Accept: "text/html" } });
      if (answer.ok) {
        const page = new DOMParser().parseFromString(await answer.text(), "text/html");
        // A first dealership number, or a first handset, changes the shape of the page.
        if (Boolean(page.getElementById("thread")) !== Boolean(thread)) location.reload();
        else merge(page);
      }
    } catch {
      // The stream of events says when the simulator is back.
    }
    running = false;
    if (again) {
      again = false;
      setTimeout(refresh, 60);
    }
  };

  // The thread on the screen, whatever the address bar says or leaves out.
  const address = () => {
    const query = new URLSearchParams();
    const [phone, number] = (thread?.dataset.thread ?? "").split(" ");
    if (phone) query.set("phone", phone);
    if (number) query.set("number", number);
    return `/simulator/?${query}`;
  };

  const say = (words, on) => {
    if (live.textContent !== words) live.textContent = words;
    live.classList.toggle("on", on);
  };

  const listen = () => {
    const events = new EventSource("/simulator/events/");
    events.onopen = () => say("Live", true);
    events.onmessage = refresh;
    events.onerror = () => say("Waiting for the simulator", false);
    addEventListener("pagehide", () => events.close(), { once: true });
  };

  const send = async (form, submitter) => {
    const data = new URLSearchParams(new FormData(form, submitter));
    const words = form.querySelector("textarea");
    if (words && !words.value.trim() && !data.has("media")) {
      words.focus();
      return;
    }
    const button = submitter ?? form.querySelector("button");
    button.disabled = true;
    try {
      const answer = await fetch(form.action, { method: "POST", body: data, redirect: "manual" });
      // A redirect is the usual answer, and cannot be read; anything else is told by the page.
      if (answer.type !== "opaqueredirect") throw new Error(String(answer.status));
      form.reset();
      form.querySelector("details[open]")?.removeAttribute("open");
      toBottom();
      await refresh();
    } catch {
      say("Not sent: the simulator does not answer", false);
    } finally {
      button.disabled = false;
      (words ?? button).focus();
    }
  };

  for (const form of document.querySelectorAll("form[data-quiet]")) {
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      send(form, event.submitter);
    });
  }

  document.getElementById("body")?.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
      event.preventDefault();
      event.target.form.requestSubmit();
    }
  });

  document.getElementById("number")?.addEventListener("change", (event) => {
    event.target.form.requestSubmit();
  });

  localise(document);
  toBottom();
  listen();
})();
