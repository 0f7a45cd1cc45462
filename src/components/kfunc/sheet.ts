/** The page of a kfunc below its title: sections that stand in one order, empty or not. */

import type { KfuncPage } from '#lib/site/kfunc/page.ts'
import { type Html, html } from '#lib/site/render/html.ts'
import { pageSection } from '../badges.ts'
import { flagsSection, parametersSection, returnsSection, signatureSection } from './call.ts'
import { callableSection } from './callable.ts'
import { configurationSection, gapsSection, historySection, sourceSection } from './origin.ts'
import {
  declarationSection,
  descriptionSection,
  examplesSection,
  relatedSection,
  usageSection,
} from './text.ts'

const SECTIONS: readonly ((page: KfuncPage) => Html)[] = [
  signatureSection,
  flagsSection,
  parametersSection,
  returnsSection,
  callableSection,
  usageSection,
  descriptionSection,
  declarationSection,
  examplesSection,
  relatedSection,
  historySection,
  configurationSection,
  sourceSection,
  gapsSection,
  dataSection,
]

/** All sections, printed. */
export function kfuncSections(page: KfuncPage): string {
  return SECTIONS.map((one) => one(page).html).join('')
}

function dataSection({ dataHref, head }: KfuncPage): Html {
  return pageSection(
    'data',
    'Data',
    html`<p><a href="${dataHref}">This kfunc as JSON</a>, through all releases. This page was read from ${head.version}.</p>`,
  )
}
