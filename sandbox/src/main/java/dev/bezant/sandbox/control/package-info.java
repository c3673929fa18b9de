/**
 * The control API: faults, clock, truth ledger, requests seen, accounts, reset. A public contract, described in
 * {@code docs/guide/sandbox.md}. Entry point: {@link dev.bezant.sandbox.control.ControlApi}.
 */
@NullMarked
package dev.bezant.sandbox.control;

import org.jspecify.annotations.NullMarked;
