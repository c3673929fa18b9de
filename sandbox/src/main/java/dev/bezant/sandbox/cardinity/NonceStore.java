package dev.bezant.sandbox.cardinity;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.concurrent.ConcurrentSkipListMap;

/**
 * The nonces of the last minutes, one set per timestamp, so that old ones are dropped in one piece. A nonce is kept as 64 bits of a
 * hash: at thousands of calls per second over ten minutes that is tens of megabytes instead of hundreds. Thread-safe.
 */
final class NonceStore {
    private static final long KEEP_SECONDS = 660;

    private final ConcurrentSkipListMap<Long, HashSet64> byTimestamp = new ConcurrentSkipListMap<>();

    /**
     * @param wallSeconds the real time, which decides what is forgotten
     * @return false if this nonce was used before with this key and timestamp
     */
    boolean use(String consumerKey, long timestamp, String nonce, long wallSeconds) {
        if (!byTimestamp.isEmpty() && byTimestamp.firstKey() < wallSeconds - KEEP_SECONDS) {
            byTimestamp.headMap(wallSeconds - KEEP_SECONDS).clear();
        }
        return byTimestamp.computeIfAbsent(timestamp, _ -> new HashSet64()).add(hash(consumerKey + "\0" + nonce));
    }

    void clear() {
        byTimestamp.clear();
    }

    private static long hash(String text) {
        try {
            long hash = ByteBuffer.wrap(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8))).getLong();
            return hash == 0 ? 1 : hash;
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** Open addressing over a power of two; zero marks a free slot. */
    private static final class HashSet64 {
        private long[] slots = new long[64];
        private int size;

        synchronized boolean add(long hash) {
            if (size * 2 >= slots.length) {
                grow();
            }
            if (!put(slots, hash)) {
                return false;
            }
            size++;
            return true;
        }

        private void grow() {
            var wider = new long[slots.length * 2];
            for (long hash : slots) {
                if (hash != 0) {
                    put(wider, hash);
                }
            }
            slots = wider;
        }

        private static boolean put(long[] slots, long hash) {
            int i = (int) hash & (slots.length - 1);
            while (slots[i] != 0) {
                if (slots[i] == hash) {
                    return false;
                }
                i = (i + 1) & (slots.length - 1);
            }
            slots[i] = hash;
            return true;
        }
    }
}
