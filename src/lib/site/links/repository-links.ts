/** Addresses in the repository that this site is made from, where it is known: to correct a text, to report a mistake. */

/** Links for readers who know better. Both are for repositories that spell them as GitHub does. */
export interface RepositoryLinks {
  /** A new issue that names the page and its release. */
  report(page: string, release: string | null): string
  /** The file in an editor, or, where there is none yet, a new one. `path` begins with "content/". */
  edit(path: string, exists: boolean): string
}

/** The links of a repository, "https://github.com/owner/name". */
export function repositoryLinks(repository: string): RepositoryLinks {
  const base = repository.replace(/\/+$/, '')
  return {
    report(page, release) {
      const title = `${page}: `
      const body = [
        `Page: ${page}`,
        ...(release === null ? [] : [`Release: ${release}`]),
        '',
        'What it says:',
        '',
        'What a kernel does (file and line, or a program and what the verifier says of it):',
        '',
      ].join('\n')
      return `${base}/issues/new?title=${encodeURIComponent(title)}&body=${encodeURIComponent(body)}`
    },
    edit(path, exists) {
      if (exists) return `${base}/edit/main/${path}`
      const cut = path.lastIndexOf('/')
      return `${base}/new/main/${path.slice(0, cut)}?filename=${encodeURIComponent(path.slice(cut + 1))}`
    },
  }
}
