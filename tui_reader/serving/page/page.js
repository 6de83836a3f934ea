// What textual-serve's script leaves to wish for: our fonts, downloads below the token, safe links.
"use strict";
(() => {
  const open = window.open.bind(window);
  window.open = (url, ...rest) => {
    if (url === undefined) {
      return open("", ...rest);
    }
    const download = `${location.origin}/download/`;
    if (String(url).startsWith(download)) {
      // the token is part of every address, and a saved file opens no tab
      const link = document.createElement("a");
      link.href = `download/${String(url).slice(download.length)}`;
      link.download = "";
      link.click();
      return null;
    }
    // web pages only, which learn nothing of this one
    return /^https?:\/\//i.test(url) ? open(url, "_blank", "noopener,noreferrer") : null;
  };

  const begin = window.onload;
  window.onload = async (event) => {
    document.querySelector("#again").onclick = () => location.reload();
    // cells are measured once: not before the letters are there
    const styles = ["16px", "bold 16px", "italic 16px", "italic bold 16px"];
    await Promise.allSettled(styles.map((style) => document.fonts.load(`${style} "Roboto Mono"`)));
    begin.call(window, event);
    // not before the connection stands: the focus is told over it
    new MutationObserver((_, observer) => {
      if (document.body.classList.contains("-loaded")) {
        observer.disconnect();
        document.querySelector(".xterm-helper-textarea").focus();
      }
    }).observe(document.body, { attributes: true });
  };
})();
