// A reader's comforts: light or dark, the place in the book, and how far it is read. The page is whole without them.
"use strict";
{
  const root = document.documentElement;

  // Storage throws where a browser keeps nothing: in private windows, for files, in frames.
  const recall = (key) => {
    try {
      return localStorage.getItem(key) ?? "";
    } catch {
      return "";
    }
  };
  const remember = (key, value) => {
    try {
      localStorage.setItem(key, value);
    } catch {
      // Then it is not remembered.
    }
  };

  // Before anything is painted.
  const THEME = "novelist:theme";
  const system = matchMedia("(prefers-color-scheme: dark)");
  const chosen = recall(THEME);
  if (chosen === "light" || chosen === "dark") root.dataset.theme = chosen;

  const themes = (button) => {
    const dark = () => (root.dataset.theme ?? (system.matches ? "dark" : "light")) === "dark";
    const tell = () => button.setAttribute("aria-pressed", String(dark()));
    button.addEventListener("click", () => {
      const theme = dark() ? "light" : "dark";
      root.dataset.theme = theme;
      // Whoever goes back to the system's theme follows the system again.
      remember(THEME, (theme === "dark") === system.matches ? "" : theme);
      tell();
    });
    system.addEventListener("change", tell);
    tell();
    button.hidden = false;
  };

  // How many of `elements`, in the order of the page, end above `line`: pixels from the top of the window.
  const above = (elements, line) => {
    let low = 0;
    let high = elements.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (elements[middle].getBoundingClientRect().bottom <= line) low = middle + 1;
      else high = middle;
    }
    return low;
  };

  // How much of `element` is above `line`, from 0 to 1.
  const share = (element, line) => {
    const { top, height } = element.getBoundingClientRect();
    return Math.min(Math.max((line - top) / (height || 1), 0), 1);
  };

  // The place is a chapter, one of its blocks and how much of that is read: it outlives another font, screen or edition.
  const places = (chapters) => {
    const key = `novelist:${root.dataset.book}`;
    const line = () => parseFloat(getComputedStyle(root).scrollPaddingTop) + 1;
    let place = recall(key);

    const save = () => {
      const at = line();
      const chapter = chapters[above(chapters, at)];
      // In front of the text and behind it there is nothing to come back to.
      if (chapter && chapter.getBoundingClientRect().top <= at) {
        const block = Math.min(above(chapter.children, at), chapter.children.length - 1);
        place = [chapter.id, block, share(chapter.children[block], at).toFixed(3)].join(" ");
        remember(key, place);
      }
      // A fragment is where the reader came in: it has no say once that is out of sight.
      const target = location.hash && document.querySelector(":target");
      if (!target) return;
      const { top, bottom } = (target.firstElementChild ?? target).getBoundingClientRect();
      if (bottom > 0 && top < innerHeight) return;
      try {
        history.replaceState(null, "", location.pathname + location.search);
      } catch {
        // A page that has no address of its own keeps its fragment.
      }
    };

    const restore = () => {
      const [id, block, part] = place.split(" ");
      const chapter = chapters.find((each) => each.id === id);
      if (!chapter) return;
      const element = chapter.children[block];
      const { top, height } = (element ?? chapter).getBoundingClientRect();
      scrollBy(0, Math.round(top + (element ? height * part : 0) - line() + 1));
    };

    // A link into the book wins.
    const arrive = () => {
      if (location.hash) document.querySelector(":target")?.scrollIntoView();
      else restore();
    };

    return { save, restore, arrive };
  };

  const progress = (chapters, entries, bar) => {
    const read = document.querySelector(".read");
    const title = bar.querySelector(".place");
    const count = bar.querySelector(".count");
    let shown = -1;
    let marked = -1;
    return () => {
      // The line moves down the window as the window moves down the page, so that the last line of a book counts.
      const reach = root.scrollHeight - innerHeight;
      const line = innerHeight * (reach > 0 ? scrollY / reach : 1);
      const ended = above(chapters, line);
      const chapter = Math.min(ended, chapters.length - 1);
      const into = share(chapters[chapter], line);
      read.value = (chapter + into) / chapters.length;
      const now = chapter === 0 && into === 0 ? -1 : chapter;
      if (now === shown) return;
      // In the contents, the chapter that was left stays marked.
      if (now >= 0) {
        entries[marked]?.removeAttribute("aria-current");
        entries[now].setAttribute("aria-current", "location");
        marked = now;
      }
      title.textContent = entries[now]?.querySelector(".title").textContent ?? "";
      count.textContent = now < 0 ? "" : `${now + 1} / ${chapters.length}`;
      shown = now;
    };
  };

  // Go there in a few frames: a browser also comes back by itself, in pixels, and what it lays out late moves the rest.
  const steadily = (go, done, frames = 4) => {
    go();
    if (frames > 0) requestAnimationFrame(() => steadily(go, done, frames - 1));
    else done();
  };

  addEventListener("DOMContentLoaded", () => {
    const bar = document.querySelector(".bar");
    const chapters = [...document.querySelectorAll("section.chapter")];
    const entries = [...document.querySelectorAll("#contents .entry")];
    const { save, restore, arrive } = places(chapters);
    const show = progress(chapters, entries, bar);
    themes(bar.querySelector("button"));
    arrive();
    show();

    bar.querySelector("a").addEventListener("click", () => {
      const fold = document.querySelector("#contents [aria-current]")?.closest("details");
      if (fold) fold.open = true;
    });

    let before = scrollY;
    let width = innerWidth;
    let resting;
    let asked = false;
    const move = () => {
      asked = false;
      show();
      // The bar goes when reading on, and comes when looking back.
      if (Math.abs(scrollY - before) < 4) return;
      bar.classList.toggle("away", scrollY > before && scrollY > bar.offsetHeight);
      before = scrollY;
    };
    const watch = () => {
      move();
      document.querySelector(".read").hidden = false;
      addEventListener("scroll", () => {
        clearTimeout(resting);
        resting = setTimeout(save, 200);
        if (!asked) requestAnimationFrame(move);
        asked = true;
      }, { passive: true });
      addEventListener("visibilitychange", () => { if (document.hidden) save(); });
      addEventListener("resize", () => {
        if (innerWidth !== width) steadily(restore, move);
        width = innerWidth;
      });
    };
    addEventListener("load", () => setTimeout(steadily, 0, arrive, watch));
  });
}
