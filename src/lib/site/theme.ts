/** How a chosen theme is kept: "light" or "dark" under this key of the browser's store; nothing for the reader's own setting. */
export const THEME_KEY = 'theme'

/** Sets the chosen theme before the page is painted: it stands in the head of every page, as the one script that is inline. */
export const EARLY_THEME = `try{const t=localStorage.getItem("${THEME_KEY}");if(t==="light"||t==="dark")document.documentElement.dataset.theme=t}catch{}`
