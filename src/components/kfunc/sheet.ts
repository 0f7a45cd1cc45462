/** The page of a kfunc below its title: sections that stand in one order, empty or not. */

import type { KfuncPage } from '#lib/site/kfunc/page.ts'
import { type Html, html } from '#lib/site/render/html.ts'
import { section } from '../badges.ts'
import { flags, parameters, returns, signature } from './call.ts'
import { callableFrom } from './callable.ts'
import { configuration, gaps, history, source } from './origin.ts'
import { declaration, description, examples, related, usage } from './text.ts'

const SECTIONS: readonly ((page: KfuncPage) => Html)[] = [
  signature,
  flags,
  parameters,
  returns,
  callableFrom,
  usage,
  description,
  declaration,
  examples,
  related,
  history,
  configuration,
  source,
  gaps,
  data,
]

/** All sections, printed. */
export function sheet(page: KfuncPage): string {
  return SECTIONS.map((one) => one(page).html).join('')
}

function data({ dataHref, head }: KfuncPage): Html {
  return section(
    'data',
    'Data',
    html`<p><a href="${dataHref}">This kfunc as JSON</a>, through all releases. This page was read from ${head.version}.</p>`,
  )
}
