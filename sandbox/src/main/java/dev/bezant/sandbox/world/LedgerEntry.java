package dev.bezant.sandbox.world;

import java.time.Instant;

/** A movement with its place in the ledger ({@code seq} ascending from 1, never reused) and the sandbox time. */
public record LedgerEntry(long seq, Movement movement, Instant at) {}
