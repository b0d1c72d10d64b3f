// The rules that need types; formatting and the rest are Biome's.
import { defineConfig } from 'eslint/config'
import tseslint from 'typescript-eslint'

const project = (...files) => ({
  linterOptions: { reportUnusedDisableDirectives: 'error' },
  languageOptions: { parser: tseslint.parser, parserOptions: { project: files, tsconfigRootDir: import.meta.dirname } },
})

export default defineConfig(
  // What is built carries the comments of its source, for rules that are not on there.
  { ignores: ['**/dist/**', '**/coverage/**'] },
  {
    files: ['packages/*/src/**/*.ts'],
    extends: [tseslint.configs.strictTypeChecked],
    ...project('packages/*/tsconfig.json', 'packages/*/tsconfig.command.json'),
    rules: {
      // A number in a template is what it looks like.
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      // Spread is how the code points of a string are counted here.
      '@typescript-eslint/no-misused-spread': ['error', { allow: ['string'] }],
      // An `async` function without `await` turns what it throws into a rejection, as its callers expect.
      '@typescript-eslint/require-await': 'off',
      // A reader names the type of what it has checked, and its caller gives it: one cast in place of many.
      '@typescript-eslint/no-unnecessary-type-parameters': 'off',
      // `Record<never, never>`: no claims of one's own.
      '@typescript-eslint/no-generated-empty-object-type': 'off',
      // Style, not types.
      '@typescript-eslint/no-confusing-void-expression': 'off',
      // The compiler's `noUnusedLocals` and Biome see to it.
      '@typescript-eslint/no-unused-vars': 'off',
    },
  },
  {
    // In tests, a promise that nobody awaits is an assertion that nobody made.
    files: ['packages/*/test/**/*.ts'],
    ...project('packages/*/test/tsconfig.json'),
    plugins: { '@typescript-eslint': tseslint.plugin },
    rules: {
      '@typescript-eslint/await-thenable': 'error',
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': 'error',
    },
  },
)
