@NullMarked
package dev.bezant.client;

import org.jspecify.annotations.NullMarked;
