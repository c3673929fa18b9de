/**
 * What the pages of all simulated providers look like and what their browsers are allowed to do. Entry point:
 * {@link dev.bezant.sandbox.page.Html}. Knows no provider and nothing of payments.
 */
@NullMarked
package dev.bezant.sandbox.page;

import org.jspecify.annotations.NullMarked;
