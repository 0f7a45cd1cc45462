/** Where a kernel keeps BPF programs worth showing, and the headers that they are written with. */

/** Folders of programs, best first. */
const ROOTS: readonly RegExp[] = [
  /^tools\/testing\/selftests\/bpf\/progs\/[^/]+\.c$/,
  /^tools\/sched_ext\/[^/]+\.bpf\.c$/,
  /^tools\/testing\/selftests\/sched_ext\/[^/]+\.bpf\.c$/,
  /^tools\/testing\/selftests\/hid\/progs\/[^/]+\.c$/,
  /^drivers\/hid\/bpf\/progs\/[^/]+\.bpf\.c$/,
]

/** Headers that programs include: macros and inline functions in them may hide a call. */
const HEADERS =
  /^(?:tools\/testing\/selftests\/(?:bpf(?:\/progs|\/test_kmods|\/bpf_testmod|\/libarena\/include)?|sched_ext|hid\/progs)|tools\/lib\/bpf|tools\/sched_ext(?:\/include\/.*)?|drivers\/hid\/bpf\/progs)\/[^/]+\.h$/

/** Where an `#include` is looked for after the folder of the file itself; the build of each root names them so. */
export const INCLUDE_FOLDERS: readonly string[] = [
  'tools/testing/selftests/bpf/',
  'tools/testing/selftests/bpf/progs/',
  'tools/testing/selftests/bpf/libarena/include/',
  'tools/sched_ext/include/',
  'tools/lib/',
  'tools/include/',
  'tools/include/uapi/',
  'tools/testing/selftests/',
  'include/uapi/',
]

/** The place of a program's folder in the row of folders, 0 the best; -1 for what is no program. */
export const rootRank = (path: string): number => ROOTS.findIndex((root) => root.test(path))

/** Is this a BPF program of one of the roots? */
export const isProgram = (path: string): boolean => rootRank(path) >= 0

/** Is this a header that programs include? */
export const isProgramHeader = (path: string): boolean => HEADERS.test(path)

/** Is this, a file or a name, of a module that exists for the kernel's own tests? */
export const isOfTestModule = (name: string): boolean => /test_kmods|testmod/.test(name)

const MEANT_TO_FAIL = /fail|reject|deny|bogus|_bad_|_dbl_/

/** Does the file's name say that its programs are meant to fail: "cpumask_failure.c"? */
export const isMeantToFail = (path: string): boolean =>
  MEANT_TO_FAIL.test(path.slice(path.lastIndexOf('/') + 1))

/** The path that `include` names from the folder of `from`, `..` resolved. */
export function joinPath(from: string, include: string): string {
  const parts = from.split('/').slice(0, -1)
  for (const part of include.split('/')) {
    if (part === '..') parts.pop()
    else if (part !== '.' && part !== '') parts.push(part)
  }
  return parts.join('/')
}
