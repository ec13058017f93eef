#include "ui/files/FileDrag.h"

#include <QDataStream>
#include <QIODevice>
#include <QMimeData>
#include <QSysInfo>

namespace ui {
namespace {

constexpr QLatin1StringView privateFormat("application/x-ponto-files");
constexpr QLatin1StringView addressFormat("text/uri-list");
constexpr QLatin1StringView fileManagerFormat("x-special/gnome-copied-files");
constexpr quint32 privateVersion = 1;

QByteArray addressOf(const files::FilePath &path)
{
    return "file://" + path.bytes().toPercentEncoding("/");
}

// Bytes, not QUrl: a name that is not UTF-8 must survive.
std::optional<files::FilePath> pathOfAddress(const QByteArray &address)
{
    constexpr QByteArrayView scheme("file://");
    if (!address.startsWith(scheme)) {
        return std::nullopt;
    }
    const qsizetype slash = address.indexOf('/', scheme.size());
    if (slash < 0) {
        return std::nullopt;
    }
    const QByteArray host = address.sliced(scheme.size(), slash - scheme.size());
    const bool isHere
        = host.isEmpty() || host == "localhost" || host == QSysInfo::machineHostName().toUtf8();
    const QByteArray path = QByteArray::fromPercentEncoding(address.sliced(slash));
    if (!isHere || path.contains('\0')) {
        return std::nullopt;
    }
    return files::FilePath(path).normalized();
}

std::optional<files::FilePath> pathOfLine(const QByteArray &line)
{
    const files::FilePath path(line);
    if (!path.isAbsolute() || line.contains('\0')) {
        return std::nullopt;
    }
    return path.normalized();
}

template<typename Parse>
std::optional<FileDrag> fromLines(const QByteArray &text, Parse parse)
{
    FileDrag drag;
    for (QByteArray line : text.split('\n')) {
        if (line.endsWith('\r')) {
            line.chop(1);
        }
        if (line.isEmpty() || line.startsWith('#')) { // a comment (RFC 2483 section 5)
            continue;
        }
        const auto path = parse(line);
        if (!path) {
            return std::nullopt;
        }
        drag.paths.append(*path);
    }
    return drag.paths.isEmpty() ? std::nullopt : std::optional(drag);
}

// Any program may offer our format: a pane takes the drag only if it knows the id.
std::optional<FileDrag> fromPrivate(const QByteArray &bytes)
{
    QDataStream in(bytes);
    quint32 version = 0;
    FileDrag drag;
    QList<QByteArray> paths;
    in >> version >> drag.pane >> paths;
    if (in.status() != QDataStream::Ok || version != privateVersion || drag.pane.isNull()) {
        return std::nullopt;
    }
    for (const QByteArray &path : std::as_const(paths)) {
        drag.paths.append(files::FilePath(path));
    }
    return drag;
}

} // namespace

std::unique_ptr<QMimeData> toMimeData(const FileDrag &drag, Place place)
{
    QByteArray bytes;
    QByteArray addresses;
    QByteArrayList addressLines;
    QList<QByteArray> paths;
    for (const files::FilePath &path : drag.paths) {
        paths.append(path.bytes());
        addressLines.append(addressOf(path));
        addresses += addressLines.last() + "\r\n";
    }
    QDataStream out(&bytes, QIODevice::WriteOnly);
    out << privateVersion << drag.pane << paths;

    auto data = std::make_unique<QMimeData>();
    if (!drag.pane.isNull()) {
        data->setData(privateFormat, bytes);
    }
    if (place == Place::ThisComputer) {
        data->setData(addressFormat, addresses);
        data->setData(fileManagerFormat, "copy\n" + addressLines.join('\n'));
    }
    return data;
}

std::optional<FileDrag> fromMimeData(const QMimeData &data)
{
    if (data.hasFormat(privateFormat)) {
        return fromPrivate(data.data(privateFormat));
    }
    if (data.hasFormat(addressFormat)) {
        return fromLines(data.data(addressFormat), pathOfAddress);
    }
    if (data.hasText()) {
        return fromLines(data.text().toUtf8(), pathOfLine);
    }
    return std::nullopt;
}

} // namespace ui
