package dev.bezant.acceptance;

class CardinityRandomKillTest extends RandomKillSuite {
    CardinityRandomKillTest() {
        super("cardinity", 20);
    }
}
