package dev.bezant.server.kernel;

/**
 * A named place in a path of money. In production it does nothing; crash tests stop the process there.
 */
@FunctionalInterface
public interface Checkpoint {
    Checkpoint NONE = name -> {};

    void reached(String name);
}
