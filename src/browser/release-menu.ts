/**
 * The menu of releases: it closes on Escape and on a press outside, and its links keep the section that the reader is at.
 * Without this script it is a fold with links.
 */
export {}

const menu = document.querySelector<HTMLDetailsElement>('.releases details')
if (menu) start(menu)

function start(menu: HTMLDetailsElement): void {
  menu.addEventListener('toggle', () => {
    for (const link of menu.querySelectorAll<HTMLAnchorElement>('a:not(.absent)')) link.hash = location.hash
  })
  addEventListener('pointerdown', ({ target }) => {
    if (!menu.contains(target as Node)) menu.open = false
  })
  addEventListener('keydown', ({ key }) => {
    if (key === 'Escape') menu.open = false
  })
}
