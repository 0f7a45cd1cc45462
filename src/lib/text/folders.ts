/** The folders of paths; the top of a tree is ''. */

/** The folder that holds `path`. */
export const folderOf = (path: string): string => path.slice(0, Math.max(path.lastIndexOf('/'), 0))

/** The folders that hold `path`, nearest first, the top last. */
export function foldersAbove(path: string): string[] {
  const folder = folderOf(path)
  return folder === '' ? [''] : [folder, ...foldersAbove(folder)]
}
