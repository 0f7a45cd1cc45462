/**
 * A plug-in of Stryker that lets through the mutants that were drawn and no others. Stryker itself tries all mutants of a
 * file; a checker is the one place where it asks about each. What was not drawn counts as "does not compile".
 */
import { commonTokens, declareFactoryPlugin, PluginKind, tokens } from '@stryker-mutator/api/plugin'
import { mutantKey } from './mutant-key.mjs'

function onlyDrawn(options) {
  const drawn = new Set(options.drawnMutants)
  return {
    init: async () => {},
    group: async (mutants) => [mutants.map(({ id }) => id)],
    check: async (mutants) =>
      Object.fromEntries(
        mutants.map((mutant) => [
          mutant.id,
          drawn.has(mutantKey(mutant, `${process.cwd()}/`))
            ? { status: 'passed' }
            : { status: 'compileError', reason: 'not drawn' },
        ]),
      ),
  }
}
onlyDrawn.inject = tokens(commonTokens.options)

export const strykerPlugins = [declareFactoryPlugin(PluginKind.Checker, 'only-drawn', onlyDrawn)]
