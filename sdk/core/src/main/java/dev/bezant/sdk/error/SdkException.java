package dev.bezant.sdk.error;

import org.jspecify.annotations.Nullable;

/** The root of everything an SDK throws. */
public abstract class SdkException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    protected SdkException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }

    /**
     * Whether what was asked for may have happened although this call failed. Only ever true for calls that change something. While it is true,
     * neither repeat the call nor turn to another provider: find out first.
     */
    public boolean mayHaveTakenEffect() {
        return false;
    }
}
