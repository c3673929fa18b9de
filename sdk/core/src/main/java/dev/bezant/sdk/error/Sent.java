package dev.bezant.sdk.error;

/** Whether a request that got no usable answer may have reached the provider. */
public enum Sent {
    /** Proven: not one byte of the request was written. Repeating it, or using another provider, cannot charge twice. */
    NO,
    /** The request may have been received and acted upon. Ask for the outcome before doing anything else. */
    MAYBE
}
