package dev.bezant.worldline.acquiring.model;

/** Says how a PIN was encrypted, in one of three ways. */
public interface PinEncryption {
    static PinEncryptionData aesUkpt(int keyGeneration, String randomValue) {
        return PinEncryptionData.builder().pinEncryptionType(PinEncryptionType.AES_UKPT).keyGeneration(keyGeneration).randomValue(randomValue)
                .build();
    }

    static PinEncryptionData dukpt(String keySerialNumber) {
        return PinEncryptionData.builder().pinEncryptionType(PinEncryptionType.DUKPT).keySerialNumber(keySerialNumber).build();
    }

    static PinEncryptionData zonePinKey(String zonePinKeyId) {
        return PinEncryptionData.builder().pinEncryptionType(PinEncryptionType.ZPK).zonePinKeyId(zonePinKeyId).build();
    }
}
