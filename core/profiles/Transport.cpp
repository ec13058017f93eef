#include "profiles/Transport.h"

#include <QJsonArray>

#include <algorithm>
#include <limits>

namespace profiles {
namespace {

constexpr QLatin1StringView presetField("preset");
constexpr QLatin1StringView oldDevices("old-devices");
constexpr QLatin1StringView compressField("compress");
constexpr QLatin1StringView keepAliveField("keepAliveSeconds");
constexpr QLatin1StringView keepAliveCountField("keepAliveCount");
constexpr QLatin1StringView rekeyBytesField("rekeyBytes");
constexpr QLatin1StringView rekeyTimeField("rekeySeconds");
constexpr QLatin1StringView tcpKeepAliveField("tcpKeepAlive");
constexpr QLatin1StringView reconnectsField("reconnect");
constexpr QLatin1StringView transferConnectionsField("transferConnections");

// In the order of AlgorithmList.
constexpr std::array listFields{QLatin1StringView("keyExchanges"),
                                QLatin1StringView("hostKeyAlgorithms"),
                                QLatin1StringView("ciphers"), QLatin1StringView("macs"),
                                QLatin1StringView("publicKeyAlgorithms")};
static_assert(listFields.size() == allAlgorithmLists.size());

// Names of RFC 4251 section 6: no comma, no blank, at most 64 characters.
bool isName(const QString &text)
{
    return !text.isEmpty() && text.size() <= 64
        && std::ranges::all_of(text, [](QChar c) { return c > u' ' && c < u'\x7f' && c != u','; });
}

QStringList toNames(const QJsonArray &array)
{
    QStringList names;
    for (const QJsonValue value : array) {
        if (isName(value.toString()) && !names.contains(value.toString())) {
            names.append(value.toString());
        }
    }
    return names;
}

// Absent unless it is a number within the limits.
std::optional<qint64> integer(const QJsonObject &object, QLatin1StringView field, qint64 lowest,
                              qint64 highest)
{
    const qint64 number = object.value(field).toInteger(lowest - 1);
    return number < lowest || number > highest ? std::nullopt : std::optional(number);
}

} // namespace

Transport Transport::fromJson(const QJsonObject &object)
{
    Transport transport;
    if (object.value(presetField).toString() == oldDevices) {
        transport.preset = AlgorithmPreset::OldDevices;
    }
    for (std::size_t index = 0; index < listFields.size(); ++index) {
        transport.lists.at(index) = toNames(object.value(listFields.at(index)).toArray());
    }
    transport.compress = object.value(compressField).toBool(false);
    if (const auto seconds = integer(object, keepAliveField, 0, longestKeepAlive.count())) {
        transport.keepAliveInterval = std::chrono::seconds(*seconds);
    }
    if (const auto count = integer(object, keepAliveCountField, 1, highestKeepAliveCount)) {
        transport.keepAliveCount = static_cast<int>(*count);
    }
    constexpr qint64 unlimited = std::numeric_limits<qint64>::max();
    transport.rekeyBytes = static_cast<quint64>(
        integer(object, rekeyBytesField, lowestRekeyBytes, unlimited).value_or(0));
    constexpr qint64 longest = std::numeric_limits<qint32>::max();
    transport.rekeyTime = std::chrono::seconds(
        integer(object, rekeyTimeField, shortestRekeyTime.count(), longest).value_or(0));
    transport.tcpKeepAlive = object.value(tcpKeepAliveField).toBool(true);
    transport.reconnects = object.value(reconnectsField).toBool(true);
    if (const auto count = integer(object, transferConnectionsField, 1, mostTransferConnections)) {
        transport.transferConnections = static_cast<int>(*count);
    }
    return transport;
}

QJsonObject Transport::toJson(QJsonObject object, const QSet<QString> &kept) const
{
    const auto setOrRemove = [&](QLatin1StringView field, const QJsonValue &value, bool isSet) {
        if (isSet || kept.contains(field)) {
            object.insert(field, value);
        } else {
            object.remove(field);
        }
    };
    setOrRemove(presetField, oldDevices, preset == AlgorithmPreset::OldDevices);
    for (std::size_t index = 0; index < listFields.size(); ++index) {
        setOrRemove(listFields.at(index), QJsonArray::fromStringList(lists.at(index)),
                    !lists.at(index).isEmpty());
    }
    setOrRemove(compressField, compress, compress);
    // There is no name for what the settings say: nothing stands for it.
    setOrRemove(keepAliveField,
                keepAliveInterval ? QJsonValue(static_cast<qint64>(keepAliveInterval->count()))
                                  : QJsonValue(),
                keepAliveInterval.has_value());
    setOrRemove(keepAliveCountField, keepAliveCount ? QJsonValue(*keepAliveCount) : QJsonValue(),
                keepAliveCount.has_value());
    setOrRemove(rekeyBytesField, static_cast<qint64>(rekeyBytes), rekeyBytes > 0);
    setOrRemove(rekeyTimeField, static_cast<qint64>(rekeyTime.count()), rekeyTime.count() > 0);
    setOrRemove(tcpKeepAliveField, tcpKeepAlive, !tcpKeepAlive);
    setOrRemove(reconnectsField, reconnects, !reconnects);
    setOrRemove(transferConnectionsField, transferConnections,
                transferConnections != Transport().transferConnections);
    return object;
}

} // namespace profiles
