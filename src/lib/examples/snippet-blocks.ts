/** What a snippet is made of while it is cut and shortened. */

/** One line to print; `source` is its number in the file, 0 for a line of ours. */
export interface Line {
  readonly text: string
  readonly source: number
}

/** The lines of one item, or of several that are left out. `first` and `last` are where they are in the file. */
export interface Block {
  readonly items: readonly number[]
  readonly lines: readonly Line[]
  readonly isFunction: boolean
  readonly isDirective: boolean
  readonly first: number
  readonly last: number
}

/** What a snippet is cut for: `root` is the program, `path` the items from it to the call, the file's lines in
 *  `calls` call the kfunc. */
export interface SnippetTarget {
  readonly root: number
  readonly path: readonly number[]
  readonly calls: ReadonlySet<number>
  readonly kfunc: string
}
