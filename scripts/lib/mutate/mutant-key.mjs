/**
 * The name of a mutant among all of a tree: where it is and what it says instead. JavaScript, since Stryker's own
 * processes load it without tsx.
 *
 * @param {{ fileName: string, mutatorName: string, replacement: string, location: { start: { line: number, column: number } } }} mutant
 * @param {string} root cut off file names that begin with it
 * @returns {string} path, line and column from 0, mutator, replacement; separated by tabs
 */
export function mutantKey({ fileName, mutatorName, replacement, location: { start } }, root) {
  const path = fileName.startsWith(root) ? fileName.slice(root.length) : fileName
  return [path, start.line, start.column, mutatorName, replacement].join('\t')
}
