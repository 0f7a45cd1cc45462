/** What pages colour in C. */
import type { LanguageRegistration } from 'shiki/core'

const words = (list: string): string => `\\b(?:${list.split(' ').join('|')})\\b`

const DIRECTIVES = 'define undef ifdef ifndef if elif else endif error warning pragma line'
const KEYWORDS =
  'asm auto break case char const continue default do double else enum extern float for goto if inline int long register restrict return short signed sizeof static struct switch typedef typeof union unsigned void volatile while bool _Bool __auto_type __attribute__ __typeof__ defined'

/**
 * C for shiki, with the few colours that pages have. The grammar that comes with shiki took a fifth of the time in which
 * pages are made, five times that of this one, and coloured all arguments of a call as if they were its function.
 */
export const C_GRAMMAR: LanguageRegistration = {
  name: 'c',
  scopeName: 'source.c',
  repository: {},
  patterns: [
    { name: 'comment', begin: '/\\*', end: '\\*/' },
    { name: 'comment', match: '//.*' },
    {
      match: '^\\s*(#\\s*include)\\b\\s*(<[^>]*>)?',
      captures: { 1: { name: 'keyword' }, 2: { name: 'string' } },
    },
    { name: 'keyword', match: `^\\s*#\\s*${words(DIRECTIVES)}` },
    { name: 'string', match: '"(?:[^"\\\\]|\\\\.)*"?' },
    { name: 'string', match: "'(?:[^'\\\\]|\\\\.)*'?" },
    { name: 'keyword', match: words(KEYWORDS) },
    { name: 'constant.language', match: words('NULL true false') },
    { name: 'constant.numeric', match: '\\b\\d[\\w.]*' },
    { name: 'entity.name.function', match: '\\b[A-Za-z_]\\w*(?=\\s*\\()' },
    // an identifier that is none of these is passed over as a whole
    { match: '[A-Za-z_]\\w*|->' },
    { name: 'keyword', match: '(?:[!%&*+<=>?^|~-]|/(?![/*]))+' },
  ],
}
