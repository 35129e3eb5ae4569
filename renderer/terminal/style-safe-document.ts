/** A document whose elements take `setAttribute('style', …)` by way of the CSSOM. */

/**
 * xterm's DOM renderer writes true colours, contrast and search marks by `setAttribute('style', …)`, which
 * our content security policy forbids; the same text given to `style.cssText` is allowed. Only elements that
 * xterm makes through this document are changed.
 */
export function createStyleSafeDocument(real: Document): Document {
  const createElement = (name: string): HTMLElement => {
    const element = real.createElement(name);
    element.setAttribute = (attribute: string, value: string) => {
      if (attribute === 'style') element.style.cssText = value;
      else Element.prototype.setAttribute.call(element, attribute, value);
    };
    return element;
  };
  return new Proxy(real, {
    get(target, property) {
      if (property === 'createElement') return createElement;
      const value: unknown = Reflect.get(target, property, target);
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
}
