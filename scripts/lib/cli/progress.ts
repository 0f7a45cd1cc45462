/** Tells the user which stage a script is in: a live line on a terminal, plain lines in a pipe. */
import yoctoSpinner, { type Spinner } from 'yocto-spinner'
import { onExit } from './failure.ts'

/** A stage that is under way; once it is done or has failed, further calls do nothing. */
export interface Stage {
  /** Says how far it is: "7 of 120" or, without a total, "7". Only shown on a terminal. */
  update(done: number, total?: number): void
  /** Ends it well; the note stands in place of "done". */
  done(note?: string): void
  /** Ends it badly. */
  fail(): void
}

/** The stages of a script, one after the other. */
export interface Progress {
  /** Begins a stage; one that is still open is done by that. */
  stage(name: string): Stage
}

/** Redrawing for every small step would cost more than the steps. */
const REDRAW_MS = 100

const isTerminal = (stream: NodeJS.WriteStream): boolean =>
  stream.isTTY === true && process.env.TERM !== 'dumb' && !('CI' in process.env)

const seconds = (since: number): string => `${((performance.now() - since) / 1000).toFixed(1)} s`

/** A stage whose ending is shown by `end`, with the text and whether it went well. */
function createStage(
  name: string,
  show: (text: string) => void,
  end: (text: string, isGood: boolean) => void,
): Stage {
  const since = performance.now()
  let redrawn = since
  let isOpen = true
  const finish = (outcome: string, isGood: boolean): void => {
    if (!isOpen) return
    isOpen = false
    end(`${name}: ${outcome} (${seconds(since)})`, isGood)
  }
  return {
    update(done, total) {
      const now = performance.now()
      if (!isOpen || now - redrawn < REDRAW_MS) return
      redrawn = now
      show(`${name}: ${done}${total === undefined ? '' : ` of ${total}`}`)
    },
    done: (note = 'done') => finish(note, true),
    fail: () => finish('failed', false),
  }
}

function liveStage(name: string, stream: NodeJS.WriteStream, ended: () => void): Stage {
  const spinner: Spinner = yoctoSpinner({ text: name, stream }).start()
  return createStage(
    name,
    (text) => {
      spinner.text = text
    },
    (text, isGood) => {
      if (isGood) spinner.success(text)
      else spinner.error(text)
      ended()
    },
  )
}

/** Makes the progress of one script. `quiet` says nothing at all. */
export function createProgress(
  stream: NodeJS.WriteStream = process.stderr,
  options: { readonly quiet?: boolean } = {},
): Progress {
  let open: Stage | null = null
  let forget = (): void => {}
  return {
    stage(name) {
      open?.done()
      const ended = (): void => forget()
      const stage = options.quiet
        ? createStage(name, () => {}, ended)
        : isTerminal(stream)
          ? liveStage(name, stream, ended)
          : createStage(
              name,
              () => {},
              (text) => {
                stream.write(`${text}\n`)
                ended()
              },
            )
      // A script that ends early must not leave a spinner turning, nor the cursor hidden.
      forget = onExit(() => stage.fail())
      open = stage
      return stage
    },
  }
}
