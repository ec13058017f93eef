#include "ui/theme/Icons.h"

#include <QBuffer>
#include <QColor>
#include <QFile>
#include <QGuiApplication>
#include <QHash>
#include <QIconEngine>
#include <QImageReader>
#include <QPainter>
#include <QPixmapCache>

#include <optional>

namespace ui {
namespace {

// Draws one of our SVG files with its black replaced. The color is looked up at each painting,
// unless one was given.
class TintedIconEngine final : public QIconEngine
{
public:
    TintedIconEngine(QString name, std::optional<QColor> color)
        : m_name(std::move(name))
        , m_color(color)
    {
    }

    void paint(QPainter *painter, const QRect &rect, QIcon::Mode mode, QIcon::State state) override
    {
        const qreal ratio = painter->device()->devicePixelRatioF();
        painter->drawPixmap(rect, scaledPixmap(rect.size(), mode, state, ratio));
    }

    QPixmap pixmap(const QSize &size, QIcon::Mode mode, QIcon::State state) override
    {
        return scaledPixmap(size, mode, state, 1.0);
    }

    // `size` is in device-independent pixels.
    QPixmap scaledPixmap(const QSize &size, QIcon::Mode mode, QIcon::State, qreal scale) override
    {
        const QSize pixels = size * scale;
        const QColor tint = color(mode);
        const QString key = QStringLiteral("ponto-icon/%1/%2/%3x%4")
                                .arg(m_name, tint.name(QColor::HexArgb))
                                .arg(pixels.width())
                                .arg(pixels.height());
        QPixmap pixmap;
        if (!QPixmapCache::find(key, &pixmap)) {
            pixmap = render(pixels, tint);
            QPixmapCache::insert(key, pixmap);
        }
        pixmap.setDevicePixelRatio(scale);
        return pixmap;
    }

    QSize actualSize(const QSize &size, QIcon::Mode, QIcon::State) override { return size; }
    bool isNull() override { return false; }
    QIconEngine *clone() const override { return new TintedIconEngine(m_name, m_color); }

private:
    QColor color(QIcon::Mode mode) const
    {
        const QPalette palette = QGuiApplication::palette();
        if (mode == QIcon::Disabled) {
            return palette.color(QPalette::Disabled, QPalette::WindowText);
        }
        if (mode == QIcon::Selected) {
            return palette.color(QPalette::HighlightedText);
        }
        return m_color.value_or(palette.color(QPalette::WindowText));
    }

    QPixmap render(const QSize &size, const QColor &tint) const
    {
        QFile file(QStringLiteral(":/icons/%1.svg").arg(m_name));
        if (!file.open(QIODevice::ReadOnly)) {
            QPixmap empty(size);
            empty.fill(Qt::transparent);
            return empty;
        }
        QByteArray svg = file.readAll();
        svg.replace("#000", tint.name().toLatin1());
        QBuffer buffer(&svg);
        QImageReader reader(&buffer, "svg");
        reader.setScaledSize(size);
        return QPixmap::fromImage(reader.read());
    }

    QString m_name;
    std::optional<QColor> m_color;
};

// Our names and those of the freedesktop.org icon naming specification, where it has the thing.
const QHash<QString, QString> &themeNames()
{
    static const QHash<QString, QString> names{
        {QStringLiteral("add"), QStringLiteral("list-add")},
        {QStringLiteral("back"), QStringLiteral("go-previous")},
        {QStringLiteral("close"), QStringLiteral("window-close")},
        {QStringLiteral("copy"), QStringLiteral("edit-copy")},
        {QStringLiteral("delete"), QStringLiteral("edit-delete")},
        {QStringLiteral("error"), QStringLiteral("dialog-error")},
        {QStringLiteral("filter"), QStringLiteral("view-filter")},
        {QStringLiteral("folder"), QStringLiteral("folder")},
        {QStringLiteral("folder-new"), QStringLiteral("folder-new")},
        {QStringLiteral("forward"), QStringLiteral("go-next")},
        {QStringLiteral("home"), QStringLiteral("go-home")},
        {QStringLiteral("info"), QStringLiteral("dialog-information")},
        {QStringLiteral("menu"), QStringLiteral("open-menu")},
        {QStringLiteral("paste"), QStringLiteral("edit-paste")},
        {QStringLiteral("refresh"), QStringLiteral("view-refresh")},
        {QStringLiteral("search"), QStringLiteral("edit-find")},
        {QStringLiteral("settings"), QStringLiteral("preferences-system")},
        {QStringLiteral("terminal"), QStringLiteral("utilities-terminal")},
        {QStringLiteral("up"), QStringLiteral("go-up")},
        {QStringLiteral("warning"), QStringLiteral("dialog-warning")},
    };
    return names;
}

QIcon ownIcon(const QString &name, std::optional<QColor> color)
{
    return QIcon(new TintedIconEngine(name, color)); // QIcon owns its engine
}

} // namespace

QIcon Icons::icon(const QString &name)
{
    const QString symbolic = themeNames().value(name) + QStringLiteral("-symbolic");
    return themeNames().contains(name) && QIcon::hasThemeIcon(symbolic) ? QIcon::fromTheme(symbolic)
                                                                        : ownIcon(name, {});
}

QIcon Icons::icon(const QString &name, const QColor &color)
{
    return ownIcon(name, color);
}

} // namespace ui
