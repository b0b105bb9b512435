import type { HtmlTagDescriptor, Plugin } from 'vite';

/**
 * The page runs its first lines and its app as two scripts, so that the first needn't wait for the second. Both are named by the end
 * of their module's path.
 */
export function twoScripts(first: string, app: string): Plugin {
  return {
    name: 'two-scripts',
    transformIndexHtml: {
      order: 'post',
      handler: (html, { bundle }) => {
        const script = (src: string): HtmlTagDescriptor => ({
          tag: 'script',
          attrs: { type: 'module', crossorigin: true, src },
          injectTo: 'head',
        });
        if (!bundle) return [];
        const parts = Object.values(bundle);
        const holding = (module: string) => {
          const found = parts.find((part) => part.type === 'chunk' && part.moduleIds.some((id) => id.endsWith(module)));
          if (found?.type !== 'chunk') throw new Error(`the build made no part with ${module}`);
          return found;
        };
        const [begin, rest] = [holding(first), holding(app)];
        const link = (rel: string, file: string): HtmlTagDescriptor => ({
          tag: 'link',
          attrs: { rel, crossorigin: true, href: `/${file}` },
          injectTo: 'head',
        });
        // What Vite would name is a script that only imports these two.
        const bare = html.replace(
          /\s*<(script type="module"|link rel="(modulepreload|stylesheet)")[^>]*>(<\/script>)?/g,
          '',
        );
        return {
          html: bare,
          tags: [
            script(`/${begin.fileName}`),
            script(`/${rest.fileName}`),
            ...rest.imports.filter((file) => file !== begin.fileName).map((file) => link('modulepreload', file)),
            ...[...(rest.viteMetadata?.importedCss ?? [])].map((file) => link('stylesheet', file)),
          ],
        };
      },
    },
  };
}
