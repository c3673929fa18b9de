@NullMarked
package dev.bezant.server.webhook;

import org.jspecify.annotations.NullMarked;
