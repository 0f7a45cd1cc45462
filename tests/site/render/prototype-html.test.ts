import { describe, expect, it } from 'vitest'
import { codeHighlighter } from '#lib/site/render/highlight.ts'
import { linkedTypesHtml, prototypeHtml } from '#lib/site/render/prototype-html.ts'
import { layoutPrototype } from '#lib/site/render/prototype-layout.ts'
import { prototype } from '../sample.ts'

describe('the layout of a prototype', () => {
  it('keeps what fits on one line', () => {
    expect(layoutPrototype('int f(struct a *x, u32 y)').code).toBe('int f(struct a *x, u32 y);')
  })

  it('gives each parameter a line where it does not fit', () => {
    const text = `int bpf_rbtree_add(struct bpf_rb_root *root, bool (less)(struct bpf_rb_node *a, const struct bpf_rb_node *b))`
    expect(layoutPrototype(text).code).toBe(
      'int bpf_rbtree_add(\n    struct bpf_rb_root *root,\n    bool (less)(struct bpf_rb_node *a, const struct bpf_rb_node *b)\n);',
    )
  })

  it('says where each parameter stands', () => {
    const { code, parameters } = layoutPrototype('int f(struct a *x, u32 y)')
    expect(parameters.map(({ start, end }) => code.slice(start, end))).toEqual(['struct a *x', 'u32 y'])
  })
})

describe('a prototype in colour', () => {
  const html = prototypeHtml(
    codeHighlighter(),
    prototype('int', 'bpf_x', [
      ['struct task_struct *', 'task'],
      ['struct bpf_prog_aux *', 'aux', true],
    ]),
    'v7.3.4',
  )

  it('links types to the source and parameters to their blocks', () => {
    expect(html).toContain(
      'href="https://elixir.bootlin.com/linux/v7.3.4/A/ident/task_struct">task_struct</a>',
    )
    expect(html).toContain('<a href="#param-task">task</a>')
  })

  it('sets implicit parameters apart', () => {
    expect(html).toMatch(/<span class="implicit">.*bpf_prog_aux.*aux<\/a><\/span>\);$/)
  })

  it('says the same as the text once its tags are off', () => {
    expect(html.replace(/<[^>]+>/g, '')).toBe(
      'int bpf_x(struct task_struct *task, struct bpf_prog_aux *aux);',
    )
  })
})

it('links the same type to the source of each release that asks', () => {
  const highlighter = codeHighlighter()
  const links = ['v6.1', 'v7.3.4'].map((tag) => linkedTypesHtml(highlighter, 'struct file *', tag))
  expect(links.map((html) => /linux\/(.*?)\//.exec(html)?.[1])).toEqual(['v6.1', 'v7.3.4'])
})
