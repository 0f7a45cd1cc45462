/** `content/messages.json`: what the verifier says about kfuncs, what each message means, and the cure. */
import { z } from 'zod'

const names = z.array(z.string())

/** The file: messages in byte order. */
export const VerifierMessages = z.array(
  z.strictObject({
    /** The literal as the source spells it, adjacent literals joined. */
    message: z.string().min(1),
    /** "kernel/bpf/verifier.c#check_kfunc_call" */
    function: z.string().regex(/^[^/#~\s][^#~\s]*#\w+$/, 'expected path#function'),
    /** One or two sentences of Markdown. */
    meaning: z.string().min(1),
    cure: z.string().min(1),
    flags: names,
    suffixes: names,
    arguments: names,
  }),
)

export type VerifierMessages = z.infer<typeof VerifierMessages>
