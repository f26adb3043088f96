// Comforts: light or dark, and pages that follow the files. Without scripts each page is whole, as of when it was asked for.
"use strict";
{
  const root = document.documentElement;
  const THEME = "novelist:theme";
  const TWICE = 1000; // milliseconds within which a form is sent once
  const system = matchMedia("(prefers-color-scheme: dark)");

  // Storage throws where a browser keeps nothing.
  const recall = () => {
    try {
      return localStorage.getItem(THEME) ?? "";
    } catch {
      return "";
    }
  };
  const remember = (theme) => {
    try {
      localStorage.setItem(THEME, theme);
    } catch {
      // Then it is not remembered.
    }
  };

  const themes = (button) => {
    const dark = () => (root.dataset.theme ?? (system.matches ? "dark" : "light")) === "dark";
    const tell = () => button.setAttribute("aria-pressed", String(dark()));
    button.addEventListener("click", () => {
      const theme = dark() ? "light" : "dark";
      root.dataset.theme = theme;
      remember((theme === "dark") === system.matches ? "" : theme);
      tell();
    });
    system.addEventListener("change", tell);
    tell();
    button.hidden = false;
  };

  // What stands in live elements is asked for again; what was unfolded stays so, and so does the place.
  const renew = async (address) => {
    const answer = await fetch(address, { headers: { Accept: "text/html" } });
    if (!answer.ok) return;
    const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
    const now = fresh.querySelectorAll("[data-live]");
    document.querySelectorAll("[data-live]").forEach((old, at) => {
      if (!now[at] || now[at].innerHTML === old.innerHTML) return;
      const known = (each) => each.id || each.querySelector("summary").textContent.replace(/\(.*\)/, "");
      const open = new Map([...old.querySelectorAll("details")].map((each) => [known(each), each.open]));
      now[at].querySelectorAll("details").forEach((each) => { each.open = open.get(known(each)) ?? each.open; });
      old.replaceChildren(...now[at].childNodes);
    });
    document.title = fresh.title;
    document.dispatchEvent(new CustomEvent("studio:fresh", { detail: fresh }));
  };

  // What the studio tells a page; that it has ended is said above, as it is where it cannot be heard any more.
  const hear = (address) => {
    const source = new EventSource(address);
    const tell = (ended) => {
      const template = document.getElementById("gone");
      const told = document.querySelector("p.gone");
      if (!ended) told?.remove();
      else if (!told) template.after(template.content.cloneNode(true));
    };
    source.addEventListener("open", () => tell(false));
    source.addEventListener("error", () => tell(true));
    source.addEventListener("end", () => {
      source.close();
      tell(true);
    });
    return source;
  };

  // Nothing is listened to while nobody looks.
  const follow = (address) => {
    let source;
    const listen = () => {
      source?.close();
      source = undefined;
      if (document.hidden) return;
      source = hear(`${root.dataset.events}?since=${encodeURIComponent(root.dataset.stamp)}`);
      source.addEventListener("change", (event) => {
        root.dataset.stamp = event.data;
        if (document.querySelector("[data-live], [data-story]")) renew(address).catch(() => {});
      });
    };
    document.addEventListener("visibilitychange", listen);
    addEventListener("pagehide", () => source?.close());
    addEventListener("pageshow", (event) => { if (event.persisted) listen(); });
    listen();
  };

  // A build tells of itself several times a second; where it is no longer what the page says, the page is asked for again.
  const watch = (page) => {
    const at = (id) => document.getElementById(id);
    let source;
    const listen = () => {
      source?.close();
      source = undefined;
      if (document.hidden) return;
      source = hear(page.dataset.build);
      source.addEventListener("build", (event) => {
        const { state, told, coming, lines } = JSON.parse(event.data);
        if (state !== page.dataset.state) {
          source.close();
          location.reload();
          return;
        }
        if (at("told")) at("told").textContent = told;
        at("coming").hidden = !coming || state === "asking";
        const text = at("text");
        const below = text.scrollHeight - text.scrollTop - text.clientHeight < 40;
        at("about").textContent = coming?.about ?? "";
        at("about").hidden = !coming?.about;
        text.textContent = coming?.text ?? "";
        if (below) text.scrollTop = text.scrollHeight;
        for (const line of lines.slice(at("lines").children.length)) {
          const item = document.createElement("li");
          item.textContent = line;
          at("lines").append(item);
        }
      });
    };
    document.addEventListener("visibilitychange", listen);
    addEventListener("pagehide", () => source?.close());
    listen();
  };

  // A browser that goes back puts what was typed into the page as it is now. What it was typed over has to come back with
  // it, or what another hand has put there since would be taken for what was taken out: so both count as typed.
  const keepRead = () => {
    for (const each of document.querySelectorAll("textarea[name=before]")) {
      const read = each.value;
      each.value = `${read}.`;
      each.value = read;
      each.form.elements.text.autocomplete = "on";
    }
  };

  // What was typed is not left behind unasked, is saved by the keys that save elsewhere, and a double click sends it once.
  const keepTyped = () => {
    let sent; // the last form that was sent from here, and when
    let at = 0;
    const read = (each) => each.form?.elements.before?.value ?? "";
    const editors = document.querySelectorAll("textarea.editor");
    const typed = () => [...editors].some((each) => each.form !== sent && each.value !== read(each));
    addEventListener("submit", (event) => {
      if (event.defaultPrevented) return;
      if (event.target === sent && event.timeStamp - at < TWICE) event.preventDefault();
      sent = event.target;
      at = event.timeStamp;
    });
    addEventListener("beforeunload", (event) => { if (typed()) event.preventDefault(); });
    addEventListener("keydown", (event) => {
      const editor = event.target.closest?.("textarea.editor:not(.wish)");
      if (!editor || event.key !== "s" || !(event.ctrlKey || event.metaKey)) return;
      event.preventDefault();
      editor.form.requestSubmit(editor.form.querySelector("button.main"));
    });
  };

  // Before anything is painted.
  const chosen = recall();
  if (chosen === "light" || chosen === "dark") root.dataset.theme = chosen;

  addEventListener("DOMContentLoaded", () => {
    themes(document.querySelector(".theme"));
    keepTyped();
    keepRead();
    // The whole of a page may take longer than its first half, which then says where the whole is.
    const whole = document.querySelector("a[data-whole]")?.href;
    if (whole) renew(whole).catch(() => {});
    const build = document.querySelector("[data-build]");
    if (build) watch(build);
    else if (root.dataset.events) follow(whole ?? `${location.pathname}${location.search}`);
  });
}
