import { loadHistory, loadProse, loadReleases, loadSourceFiles } from '#content-fs'
import { dataFiles } from '#lib/site/files/data-files.ts'
import { makeSite } from '#lib/site/site.ts'
import type { QuestionedSite } from './questions.ts'

/** Reads `content` and makes of it the site that lives under `base`. */
export function readSite(base: string): QuestionedSite {
  const site = makeSite(loadReleases(), base, loadHistory(), loadProse())
  return { site, files: dataFiles(site), sourceFiles: loadSourceFiles }
}
