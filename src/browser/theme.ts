/** The button that chooses between light, dark and the reader's own setting, and remembers it. */
import { THEME_KEY } from '#lib/site/theme.ts'

const THEMES = ['system', 'light', 'dark'] as const
type Theme = (typeof THEMES)[number]
const isTheme = (word: string | null): word is Theme => THEMES.some((theme) => theme === word)

/** What was chosen before; where nothing may be remembered, the choice lasts as long as the page. */
function remembered(): Theme {
  try {
    const word = localStorage.getItem(THEME_KEY)
    return isTheme(word) ? word : 'system'
  } catch {
    return 'system'
  }
}

function remember(theme: Theme): void {
  try {
    if (theme === 'system') localStorage.removeItem(THEME_KEY)
    else localStorage.setItem(THEME_KEY, theme)
  } catch {
    // a browser that keeps nothing still shows what was chosen
  }
}

function apply(theme: Theme, button: HTMLButtonElement): void {
  if (theme === 'system') delete document.documentElement.dataset.theme
  else document.documentElement.dataset.theme = theme
  button.textContent = `Theme: ${theme}`
}

const menu = document.querySelector('header nav ul')
if (menu) {
  const item = document.createElement('li')
  const button = document.createElement('button')
  let theme = remembered()
  button.type = 'button'
  button.className = 'theme'
  apply(theme, button)
  button.addEventListener('click', () => {
    theme = THEMES[(THEMES.indexOf(theme) + 1) % THEMES.length] ?? 'system'
    apply(theme, button)
    remember(theme)
  })
  item.append(button)
  menu.append(item)
}
