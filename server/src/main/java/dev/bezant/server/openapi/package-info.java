/**
 * The API described: an OpenAPI 3.1 document at {@code /openapi.json} and a page for people at {@code /docs}, both made at the first
 * request for them. Entry point: {@link dev.bezant.server.openapi.ApiDescription}. Knows routes and error codes, no feature.
 *
 * <p>What is said of a resource stands in a fragment, {@code <family>.json} among the resources of this package, where the family is the
 * permission of its routes; a fragment is found by that name, nothing has to be told of it. It says what no code does: what operations
 * and members mean. Which keys may call, what headers there are, how refusals look, all that is read off the {@link
 * dev.bezant.server.http.Route}s. Fragments are written in a shorthand for JSON Schema ({@link dev.bezant.server.openapi.Shorthand}):
 *
 * <pre>{@code
 * {
 *   "tag": "Things",                          // the heading of its operations
 *   "description": "...",                     // below it; `code` and empty lines mean what they mean in Markdown
 *   "operations": {
 *     "POST /v1/things": {                    // as Route.endpoint() has it
 *       "id": "createThing", "summary": "Create a thing", "description": "...",
 *       "params": {"name!": "string", "size": {"type": "integer", "minimum": 1}},   // ! = required
 *       "ignored": ["colour"],                // taken without effect; what the Stripe dialect ignores is known already
 *       "refused": {"weight": "Send size."},  // known, and refused with this hint
 *       "answer": "thing",                    // or "list", "search", "deleted": "thing", "download": ["image/png"]
 *       "errors": ["amount_too_small"],       // besides those of every operation; also "declines", "cards" (ErrorCatalogue)
 *       "example": {"name": "Anvil"}          // of a GET too; others by name in "examples", where one cannot show all
 *     },
 *     "GET /v1/things": {"id": "listThings", "summary": "List things", "with": ["page", "created"], "list": "thing"}
 *   },
 *   "schemas": {                              // by the object's name
 *     "thing": {
 *       "members": {"id": "string", "object": {"const": "thing"}, "owner": {"expands": "customer|null"}, "note?": "string|null"},
 *       "example": {"id": "thing_1", "object": "thing", "owner": null}             // ? = may be absent
 *     }
 *   }
 * }
 * }</pre>
 *
 * <p>Tests hold every answer of the other tests, every parameter that a handler reads, and the examples against it.
 */
@NullMarked
package dev.bezant.server.openapi;

import org.jspecify.annotations.NullMarked;
