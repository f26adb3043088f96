// Comforts of the pages of premise, bible and outline: what is read is shown as one types, chapters are moved by keys.
// Without scripts its buttons do the same.
"use strict";
{
  const PAUSE = 400; // milliseconds without a key before a text is read
  const main = document.querySelector("[data-story]");
  const at = (id) => document.getElementById(id);
  const dirty = () => at("text").value !== at("before").value;
  let asked = 0;

  const send = async (address, form, submitter) => {
    const body = new URLSearchParams(new FormData(form, submitter));
    const answer = await fetch(address, { method: "POST", body, headers: { Accept: "text/html" } });
    return new DOMParser().parseFromString(await answer.text(), "text/html");
  };

  // What was unfolded stays so, and the focus where it was.
  const swap = (fresh, id) => {
    const now = fresh.getElementById(id);
    if (!now) return;
    const open = [...at(id).querySelectorAll("details")].map((each) => each.open);
    const details = now.querySelectorAll("details");
    if (details.length === open.length) details.forEach((each, place) => { each.open = open[place]; });
    if (now.innerHTML === at(id).innerHTML) return;
    const item = document.activeElement?.closest("[data-chapter]")?.id;
    at(id).replaceChildren(...now.childNodes);
    if (item) at(item)?.querySelector(".title").focus({ preventScroll: true });
  };

  const take = (fresh) => {
    swap(fresh, "reading");
    for (const id of ["before", "text"]) at(id).value = fresh.getElementById(id).value;
  };

  const read = async () => {
    const mine = ++asked;
    const fresh = await send(`${main.dataset.story}/read`, at("editing"));
    if (mine === asked) swap(fresh, "reading");
  };

  // A move leads back to the page, of which all is new but what a person sees as the same.
  const move = async (form, submitter) => {
    const fresh = await send(form.action, form, submitter);
    if (!fresh.getElementById("text")) {
      location.reload();
      return;
    }
    swap(fresh, "message");
    if (!dirty()) take(fresh); // or else what was typed meanwhile is merged when it is saved
    const told = at("message").querySelector("[role=status]");
    told?.removeAttribute("role"); // it is read out below, where it was not there before
    at("said").textContent = told?.textContent ?? "";
    return fresh;
  };

  // A key may be pressed again before the page says what the last one did: moves wait for each other.
  let moves = Promise.resolve();
  const moveByKey = async (item, way) => {
    const here = item.isConnected ? item : document.activeElement?.closest("[data-chapter]");
    const button = here?.querySelector(`button[value^="${way} "]`);
    if (!button || button.disabled) return;
    const fresh = await move(button.form, button);
    if (fresh) focus(main.querySelector("[data-moved]")?.dataset.moved ?? "");
  };

  // The number that a chapter has now stands in the address to which a move leads.
  const focus = (number, what) => {
    const item = at(`chapter-${number}`);
    if (!item) return;
    const same = what && item.querySelector(`button[value^="${what} "]:not(:disabled)`);
    (same || item.querySelector(".title")).focus({ preventScroll: true });
    item.scrollIntoView({ block: "nearest" });
  };

  const goTo = (line) => {
    const text = at("text");
    const lines = text.value.split("\n");
    const start = lines.slice(0, line - 1).reduce((sum, each) => sum + each.length + 1, 0);
    text.focus();
    text.setSelectionRange(start, start + (lines[line - 1] ?? "").length);
    // Lines are broken where the field ends: only a field with what stands above is as high as that.
    const above = text.cloneNode();
    above.removeAttribute("id");
    above.value = lines.slice(0, line - 1).join("\n");
    Object.assign(above.style, { position: "absolute", visibility: "hidden", inlineSize: `${text.offsetWidth}px`, blockSize: 0, minBlockSize: 0 });
    text.after(above);
    text.scrollTop = Math.max(0, above.scrollHeight - text.clientHeight / 3);
    above.remove();
  };

  // A search leads to a line.
  const sought = location.hash.match(/^#line-(\d{1,6})$/);
  if (sought) goTo(Number(sought[1]));

  // Another hand was at the file. What is being typed stays as it is: it is merged when it is saved.
  document.addEventListener("studio:fresh", ({ detail: fresh }) => {
    if (fresh.getElementById("text") && !dirty() && document.activeElement !== at("text")) take(fresh);
  });

  let waiting;
  at("text").addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(() => { read().catch(() => {}); }, PAUSE);
  });

  main.addEventListener("click", (event) => {
    const link = event.target.closest("a[data-line]");
    if (!link) return;
    event.preventDefault();
    goTo(Number(link.dataset.line));
  });

  main.addEventListener("submit", (event) => {
    const form = event.target;
    if (!form.action.endsWith("/outline/move") || dirty()) return;
    event.preventDefault();
    const what = event.submitter?.value.split(" ")[0];
    const stays = ["up", "down"].includes(what) ? what : "";
    move(form, event.submitter).then((fresh) => {
      if (fresh) focus(main.querySelector("[data-moved]")?.dataset.moved ?? "", stays);
    }).catch(() => location.reload());
  });

  main.addEventListener("keydown", (event) => {
    const way = { ArrowUp: "up", ArrowDown: "down" }[event.key];
    const item = event.target.closest("[data-chapter]");
    if (!way || !item || dirty() || !event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    moves = moves.then(() => moveByKey(item, way)).catch(() => location.reload());
  });
}
