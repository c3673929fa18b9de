package dev.bezant.sandbox.worldlinedirect;

import dev.bezant.sandbox.world.Account;
import dev.bezant.sandbox.world.Json;
import dev.bezant.sandbox.world.SandboxClock;
import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Signs the certificate requests of merchants who want to see card numbers (PKCS 10 in, X.509 out). Written on the bytes: the platform
 * offers no public way.
 */
final class Certificates {
    /**
     * @param publicKey SubjectPublicKeyInfo, base64
     */
    record Issued(String merchantId, String certificateId, String publicKey) {}

    private static final int SEQUENCE = 0x30;
    private static final int INTEGER = 0x02;
    private static final int BIT_STRING = 0x03;
    private static final int UTC_TIME = 0x17;
    private static final byte[] SHA256_WITH_RSA = HexFormat.of().parseHex("300d06092a864886f70d01010b0500");
    private static final byte[] COMMON_NAME = HexFormat.of().parseHex("0603550403");
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("uuMMddHHmmss'Z'").withZone(ZoneOffset.UTC);

    private final Store store;
    private final Vault vault;
    private final SandboxClock clock;

    Certificates(Store store, Vault vault, SandboxClock clock) {
        this.store = store;
        this.vault = vault;
        this.clock = clock;
    }

    Answer create(Account account, JsonNode json, Work work) {
        var body = Input.of(json);
        var csr = body.requiredText("csr");
        body.refuseIfWrong();
        try {
            var request = Request.parse(csr);
            request.verify();
            var issued = new Issued(account.require("merchant_id"), UUID.randomUUID().toString(),
                    Base64.getEncoder().encodeToString(request.keyInfo()));
            work.save(issued);
            return Answer.ok(Json.object().put("certificateId", issued.certificateId()).put("signedCertificate", pem(certificate(request))));
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw ProblemException.invalid("csr", "is no PKCS 10 certificate request with an RSA key");
        }
    }

    /** The merchant's key, or null if no certificate was asked for. */
    @Nullable PublicKey keyOf(Account account) {
        var issued = store.certificates().get(account.require("merchant_id"));
        if (issued == null) {
            return null;
        }
        try {
            return key(Base64.getDecoder().decode(issued.publicKey()));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the key was checked when it came", e);
        }
    }

    private static PublicKey key(byte[] keyInfo) throws GeneralSecurityException {
        return KeyFactory.getInstance("RSA").generatePublic(new X509EncodedKeySpec(keyInfo));
    }

    /** What is needed of a request: its parts as they are in it. */
    private record Request(byte[] info, byte[] subject, byte[] keyInfo, byte[] signature) {
        static Request parse(String pem) {
            var der = Base64.getDecoder().decode(pem.replaceAll("-----[A-Z ]+-----", "").replaceAll("\\s", ""));
            var all = Der.of(der).enter(SEQUENCE);
            var info = all.whole(SEQUENCE);
            all.whole(SEQUENCE);
            var signature = all.content(BIT_STRING);
            var parts = Der.of(info).enter(SEQUENCE);
            parts.whole(INTEGER);
            var subject = parts.whole(SEQUENCE);
            var keyInfo = parts.whole(SEQUENCE);
            if (signature.length < 2) {
                throw new IllegalArgumentException("no signature");
            }
            return new Request(info, subject, keyInfo, Arrays.copyOfRange(signature, 1, signature.length));
        }

        /** Whoever asks must own the key. */
        void verify() throws GeneralSecurityException {
            var check = Signature.getInstance("SHA256withRSA");
            check.initVerify(key(keyInfo));
            check.update(info);
            if (!check.verify(signature)) {
                throw new GeneralSecurityException("the request is not signed with its own key");
            }
        }
    }

    private byte[] certificate(Request request) throws GeneralSecurityException {
        var now = clock.instant();
        var content = Der.tlv(SEQUENCE,
                Der.tlv(0xa0, Der.tlv(INTEGER, new byte[] {2})),
                Der.tlv(INTEGER, BigInteger.valueOf(now.toEpochMilli()).toByteArray()),
                SHA256_WITH_RSA,
                Der.tlv(SEQUENCE, Der.tlv(0x31, Der.tlv(SEQUENCE, COMMON_NAME, Der.tlv(0x0c, "Sandbox".getBytes(StandardCharsets.US_ASCII))))),
                Der.tlv(SEQUENCE, time(now), time(now.plus(Duration.ofDays(365)))),
                request.subject(),
                request.keyInfo());
        var signer = Signature.getInstance("SHA256withRSA");
        signer.initSign(vault.privateKey());
        signer.update(content);
        return Der.tlv(SEQUENCE, content, SHA256_WITH_RSA, Der.tlv(BIT_STRING, new byte[] {0}, signer.sign()));
    }

    private static byte[] time(Instant instant) {
        return Der.tlv(UTC_TIME, TIME.format(instant).getBytes(StandardCharsets.US_ASCII));
    }

    private static String pem(byte[] der) {
        return "-----BEGIN CERTIFICATE-----\n" + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der)
                + "\n-----END CERTIFICATE-----\n";
    }

    /** As much of DER as this needs. */
    private record Der(ByteBuffer bytes) {
        static Der of(byte[] bytes) {
            return new Der(ByteBuffer.wrap(bytes));
        }

        Der enter(int tag) {
            return of(content(tag));
        }

        byte[] content(int tag) {
            var value = new byte[length(tag)];
            bytes.get(value);
            return value;
        }

        /** With its tag and length. */
        byte[] whole(int tag) {
            return tlv(tag, content(tag));
        }

        private int length(int tag) {
            if (bytes.remaining() < 2 || (bytes.get() & 0xff) != tag) {
                throw new IllegalArgumentException("not the structure of a certificate request");
            }
            int length = bytes.get() & 0xff;
            if (length > 0x80) {
                int count = length - 0x80;
                length = 0;
                for (int i = 0; i < count && bytes.hasRemaining() && length < 1 << 20; i++) {
                    length = (length << 8) | (bytes.get() & 0xff);
                }
            }
            if (length > bytes.remaining()) {
                throw new IllegalArgumentException("cut off");
            }
            return length;
        }

        static byte[] tlv(int tag, byte[]... parts) {
            var content = new ByteArrayOutputStream();
            for (var part : parts) {
                content.writeBytes(part);
            }
            var out = new ByteArrayOutputStream();
            out.write(tag);
            int length = content.size();
            if (length < 0x80) {
                out.write(length);
            } else {
                var big = BigInteger.valueOf(length).toByteArray();
                int from = big[0] == 0 ? 1 : 0;
                out.write(0x80 + big.length - from);
                out.write(big, from, big.length - from);
            }
            out.writeBytes(content.toByteArray());
            return out.toByteArray();
        }
    }
}
