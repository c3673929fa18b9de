package dev.bezant.server.fuzz;

import dev.bezant.server.PaymentWorld;
import dev.bezant.server.fuzz.Draft.Encoding;
import dev.bezant.server.kernel.Json;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Makes valid requests wrong: in their values, their shape, their writing or their head. */
final class Spoiler {
    private static final List<String> TEXTS = List.of("", " ", "\0", "a\0b", "\u202e\u202ecba", "\ud83d\ude00", "e" + "\u0301".repeat(300), "\ufeff", "\r\nX-Evil: 1", "null", "true", "0",
            "-1", "1e3", "0x10", "2000.5", "\u0661\u0662\u0663", "9223372036854775808", "NaN", "' or 1=1 --", "\\", "\"", "%", "%00", "../../etc/passwd", "${jndi:ldap://x}",
            "<script>", "pm_card_visa", "pi_", "4242424242424242", "cus_" + "0".repeat(250), "a".repeat(300), "a".repeat(501), "\ud83d\ude00".repeat(5001), "[]", "{}", "*", "\u0000",
            "payment_intent.succeeded", "2026-07-29.dahlia", "created>", "metadata['a", "-status:'succeeded' AND amount>1 OR amount<2", "https://user:pw@shop.example/", "ftp://x",
            "http://[::1", "@", "a@b", "US", "usd", "USD", "xxx", "\uffff", "\ud800", "\udc00x");
    private static final List<String> JSON_VALUES = List.of("null", "true", "false", "0", "-0", "-1", "1.0", "1.5", "1e3", "1e400", "99999999999", "9223372036854775807", "-9223372036854775809",
            "123456789012345678901234567890", "[]", "{}", "[[]]", "[null]", "{\"\":\"\"}", "{\"a\":{\"b\":{\"c\":[1]}}}", "[1,\"a\",null,{}]", "\"\"", "\"\\ud800\"");
    private static final List<String> NAMES = List.of("amount", "id", "object", "__proto__", "a[b", "a]b", "[a]", "[]", "a[]", "a[][b]", "a[-1]", "a[999999999]", "a[99999999999]", "a[1][2][3][4][5][6][7][8][9]", "",
            " ", "\0", "\ud83d\ude00", "metadata[a][b]", "metadata[]", "metadata[" + "k".repeat(41) + "]", "expand", "expand[5]", "expand[]", "created[gte]", "card[number]", "items[7][x]",
            "payment_method_data[type]", "x".repeat(3000), "4242424242424242", "limit", "page", "starting_after");
    private static final List<String> METHODS = List.of("PUT", "PATCH", "DELETE", "HEAD", "OPTIONS", "TRACE", "post", "FOO", "GET", "POST");
    private static final List<String> SEGMENTS = List.of("", "%00", "%zz", "%", "..", "%2e%2e", "%2F", "a%2Fb", "é", "%C3%A9", "%ff", "a".repeat(300), "pi_1;x=1", "+", "%20", "4242424242424242",
            "search", "%F0%9F%98%80", "*", "~", "'");
    private static final List<String> VERSIONS = List.of("2026-07-29.dahlia", "2026-10-28.endive", "2023-10-16", "2020-08-27", "2022-11-14", "2099-01-01.zebra", "", " ", "latest", "2026-02-30",
            "2026-07-29.", "2026-07-29.d\u00e4hlia", "x".repeat(500));
    private static final List<String> KEYS = List.of("", "Bearer", "Bearer ", "Bearer  x y", "Bearer sk_test_unknown", "Bearer " + PaymentWorld.STRANGER, "Bearer " + PaymentWorld.LIVE,
            "Bearer " + PaymentWorld.PUBLISHABLE, "bearer " + PaymentWorld.SECRET, "Basic !!!", "Basic " + Base64.getEncoder().encodeToString((PaymentWorld.SECRET + ":").getBytes(StandardCharsets.UTF_8)),
            "Digest x", "Bearer \u00e9", PaymentWorld.SECRET, "Bearer " + "k".repeat(5000));
    private static final List<String> CONTENT_TYPES = List.of("", "application/json", "application/x-www-form-urlencoded", "text/plain", "application/xml", "multipart/form-data",
            "multipart/form-data; boundary=", "multipart/form-data; boundary=\"b0undary", "application/json; charset=utf-16", "APPLICATION/JSON", "application/json, text/plain", ";", "x".repeat(300));
    private static final int BODY_MAX = 1 << 20;

    private final Random random;

    Spoiler(Random random) {
        this.random = random;
    }

    /** Some of it stays valid: what is made by valid requests is what others are about. */
    byte[] spoilt(Draft draft) {
        int kind = random.nextInt(12);
        if (kind < 7) {
            for (int times = kind < 5 ? 1 : 1 + random.nextInt(4); times > 0 && kind > 2; times--) {
                value(draft);
            }
            if (kind < 2) {
                head(draft);
            }
        }
        if (random.nextInt(4) == 0) {
            draft.headers.put("Idempotency-Key", "fuzz-" + random.nextInt(400));
        }
        if (kind == 7) {
            shape(draft);
        }
        byte[] body = draft.body();
        return draft.write((kind == 8 || kind == 9) && draft.hasBody() ? writing(draft, body) : body);
    }

    /** One value somewhere in the tree becomes another, or is no longer there, or there is one more. */
    private void value(Draft draft) {
        ObjectNode at = draft.params;
        List<String> names = List.copyOf(at.propertyNames());
        while (!names.isEmpty() && at.get(one(names)) instanceof ObjectNode deeper && random.nextInt(3) > 0) {
            at = deeper;
            names = List.copyOf(at.propertyNames());
        }
        int what = random.nextInt(12);
        if (what == 0 || names.isEmpty()) {
            at.put(one(NAMES), one(TEXTS));
        } else if (what == 1) {
            at.remove(one(names));
        } else if (what == 2) {
            String name = one(names);
            at.set(name, Json.array().add(at.get(name)));
        } else if (what == 3) {
            String name = one(names);
            at.set(name, Json.object().set("value", at.get(name)));
        } else if (what == 4) {
            String name = one(names);
            JsonNode old = at.remove(name);
            at.set(name.length() > 2 ? name.substring(0, name.length() - 1) : name + "s", old);
        } else if (what < 9) {
            at.put(one(names), one(TEXTS));
        } else {
            at.set(one(names), Json.read(one(JSON_VALUES.subList(0, JSON_VALUES.size()))));
        }
    }

    /** Too much of something. */
    private void shape(Draft draft) {
        String name = draft.params.isEmpty() ? "metadata" : one(List.copyOf(draft.params.propertyNames()));
        switch (random.nextInt(6)) {
            case 0 -> {
                ObjectNode map = draft.params.putObject(random.nextBoolean() ? "metadata" : name);
                for (int i = 0; i < 60; i++) {
                    map.put("k" + i, "v".repeat(random.nextInt(520)));
                }
            }
            case 1 -> draft.params.set(name, nested(random.nextInt(100)));
            case 2 -> {
                ArrayNode list = draft.params.putArray(random.nextBoolean() ? "expand" : name);
                for (int i = 0; i < 200; i++) {
                    list.add(one(TEXTS));
                }
            }
            case 3 -> {
                for (int i = 0; i < 1100; i++) {
                    draft.params.put("p" + i, "");
                }
            }
            case 4 -> draft.params.put(name, "x".repeat(random.nextInt(8) == 0 ? BODY_MAX + random.nextInt(3) - 1 : 6000));
            default -> draft.params.put(name, "\ud83d\ude00\u202e\0".repeat(1 + random.nextInt(2000)));
        }
    }

    private static JsonNode nested(int depth) {
        JsonNode inner = Json.object().put("a", 1);
        for (int i = 0; i < depth; i++) {
            inner = i % 2 == 0 ? Json.object().set("a", inner) : Json.array().add(inner);
        }
        return inner;
    }

    /** Bytes that are not what their head says. */
    private byte[] writing(Draft draft, byte[] body) {
        switch (random.nextInt(10)) {
            case 0 -> draft.headers.put("Content-Type", one(CONTENT_TYPES));
            case 1 -> draft.headers.remove("Content-Type");
            case 2 -> draft.headers.put("Content-Type", draft.encoding == Encoding.JSON ? "application/x-www-form-urlencoded" : "application/json");
            case 3 -> {
                return Arrays.copyOf(body, random.nextInt(body.length + 1));
            }
            case 4 -> {
                for (int i = random.nextInt(5); i >= 0 && body.length > 0; i--) {
                    body[random.nextInt(body.length)] = (byte) random.nextInt(256);
                }
            }
            case 5 -> {
                return joined(body, one(List.of("%", "%zz", "&%", "&=", "&a", "&a=%C3", "&a=%FF", "&&&", "}", ",", "{}", " ", "\n", "\u0000", "&a[=1", "&a]=1", "&amount=1&amount[x]=2",
                        "&metadata[a]=1&metadata=", "&expand[3]=customer&expand[1]=x", "&a[][]=1", "&a[0][]=1", "&metadata[%00]=1", "&metadata[\ud83d\ude00]=%F0%9F%98%80")));
            }
            case 6 -> draft.chunked = true;
            case 7 -> {
                draft.headers.remove("Content-Type");
                draft.encoding = Encoding.MULTIPART;
                return draft.body();
            }
            case 8 -> {
                draft.headers.put("Content-Type", "application/json");
                String json = Json.write(draft.params);
                return ("{" + "\"amount\":1,\"amount\":2," + json.substring(1)).getBytes(StandardCharsets.UTF_8);
            }
            default -> {
                draft.headers.put("Content-Type", "application/json");
                String other = one(JSON_VALUES);
                String json = Json.write(draft.params).replaceFirst(":(\"[^\"]*\"|[0-9]+|true|false)", ":" + other.replace("\\", "\\\\"));
                return (random.nextBoolean() ? json : other).getBytes(StandardCharsets.UTF_8);
            }
        }
        return body;
    }

    private void head(Draft draft) {
        switch (random.nextInt(9)) {
            case 0 -> draft.method = one(METHODS);
            case 1 -> {
                List<String> segments = new ArrayList<>(List.of(draft.path.split("/", -1)));
                segments.set(random.nextInt(segments.size() - 1) + 1, one(SEGMENTS));
                draft.path = String.join("/", segments);
            }
            case 2 -> draft.path += one(List.of("/", "//", "/x", "?", "%20", ";a=b", "/search", "/../customers"));
            case 3 -> draft.headers.put("Stripe-Version", one(VERSIONS));
            case 4 -> draft.headers.put("Authorization", one(KEYS));
            case 5 -> draft.headers.put("Idempotency-Key", one(List.of("", " ", "a".repeat(255), "a".repeat(256), "\u00e9", "4242424242424242", "\ud83d\ude00", "k\tk", "'", "a".repeat(9000))));
            case 6 -> draft.query = one(List.of("a=b", "%", "[", "amount=1", "&", "expand[]=customer"));
            case 7 -> draft.headers.put(one(List.of("Origin", "Accept", "Accept-Language", "User-Agent", "X-Forwarded-For", "Payments-Version", "Stripe-Account", "Content-Encoding", "Cookie", "X-" + "x".repeat(200))),
                    one(List.of("https://shop.example", "*/*", "gzip", "203.0.113.9", "\u00ff\u00fe", "x".repeat(4000), "", "\"", "lt-LT,lt;q=0.9", "2026-07-29", "x".repeat(20_000))));
            default -> draft.headers.put("Connection", "close");
        }
    }

    private static byte[] joined(byte[] body, String more) {
        byte[] tail = more.getBytes(StandardCharsets.UTF_8);
        byte[] whole = Arrays.copyOf(body, body.length + tail.length);
        System.arraycopy(tail, 0, whole, body.length, tail.length);
        return whole;
    }

    private <T> T one(List<T> of) {
        return of.get(random.nextInt(of.size()));
    }
}
