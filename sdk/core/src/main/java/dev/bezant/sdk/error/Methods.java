package dev.bezant.sdk.error;

/** Which HTTP methods only read (RFC 9110, section 9.2.1). */
final class Methods {
    private Methods() {}

    static boolean changeSomething(String method) {
        return !(method.equals("GET") || method.equals("HEAD") || method.equals("OPTIONS"));
    }
}
