#include "terminal/Cast.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>
#include <cmath>

namespace terminal {
namespace {

constexpr int version = 2;
constexpr int leastCells = 2;
constexpr int mostCells = 1000; // columns or rows
constexpr double mostSeconds = 10.0 * 365 * 24 * 3600;

QByteArray lineOf(std::chrono::microseconds time, const char *kind, const QString &data)
{
    const QJsonArray event{std::chrono::duration<double>(time).count(), QString::fromLatin1(kind),
                           data};
    return QJsonDocument(event).toJson(QJsonDocument::Compact) + '\n';
}

bool isSize(int columns, int rows)
{
    return columns >= leastCells && columns <= mostCells && rows >= leastCells && rows <= mostCells;
}

} // namespace

QByteArray CastWriter::header(const CastHeader &header)
{
    QJsonObject object{{QStringLiteral("version"), version},
                       {QStringLiteral("width"), header.columns},
                       {QStringLiteral("height"), header.rows},
                       {QStringLiteral("timestamp"), header.start.toSecsSinceEpoch()},
                       {QStringLiteral("env"),
                        QJsonObject{{QStringLiteral("TERM"), QStringLiteral("xterm-256color")}}}};
    if (!header.title.isEmpty()) {
        object.insert(QStringLiteral("title"), header.title);
    }
    return QJsonDocument(object).toJson(QJsonDocument::Compact) + '\n';
}

QByteArray CastWriter::output(std::chrono::microseconds time, QByteArrayView bytes)
{
    const QString text = m_decoder.decode(bytes);
    return text.isEmpty() ? QByteArray() : lineOf(time, "o", text);
}

QByteArray CastWriter::resize(std::chrono::microseconds time, int columns, int rows) const
{
    return lineOf(time, "r", QStringLiteral("%1x%2").arg(columns).arg(rows));
}

std::optional<CastHeader> castHeader(QByteArrayView line)
{
    const QJsonObject object = QJsonDocument::fromJson(line.toByteArray()).object();
    CastHeader header;
    header.columns = object.value(QLatin1StringView("width")).toInt();
    header.rows = object.value(QLatin1StringView("height")).toInt();
    if (object.value(QLatin1StringView("version")).toInt() != version
        || !isSize(header.columns, header.rows)) {
        return std::nullopt;
    }
    if (const qint64 start = object.value(QLatin1StringView("timestamp")).toInteger(); start > 0) {
        header.start = QDateTime::fromSecsSinceEpoch(start);
    }
    header.title = object.value(QLatin1StringView("title")).toString();
    return header;
}

std::optional<CastEvent> castEvent(QByteArrayView line)
{
    const QJsonArray array = QJsonDocument::fromJson(line.toByteArray()).array();
    const double seconds = array.at(0).toDouble(-1);
    if (array.size() != 3 || !array.at(2).isString() || !(seconds >= 0 && seconds <= mostSeconds)) {
        return std::nullopt;
    }
    CastEvent event;
    event.time = std::chrono::microseconds(std::llround(seconds * 1e6));
    const QString kind = array.at(1).toString();
    const QString data = array.at(2).toString();
    if (kind == QLatin1StringView("o")) {
        event.output = data.toUtf8();
        return event;
    }
    const QStringList sides = data.split(u'x');
    if (kind == QLatin1StringView("r") && sides.size() == 2
        && isSize(sides[0].toInt(), sides[1].toInt())) {
        event.kind = CastEvent::Kind::Resize;
        event.columns = sides[0].toInt();
        event.rows = sides[1].toInt();
        return event;
    }
    event.kind = CastEvent::Kind::Other; // what was typed, a mark: not ours
    return event;
}

} // namespace terminal
