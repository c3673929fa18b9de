package dev.bezant.server.dispute;

import java.time.Duration;

/**
 * How often providers are asked for disputes.
 *
 * @param pause between two questions to one account, in live mode
 * @param pauseInTestMode the same in test mode, where somebody may be waiting for the next one
 */
public record DisputeSettings(Duration pause, Duration pauseInTestMode) {}
