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

// The icon of the desktop's theme; null if it has none.
QIcon themedIcon(const QString &name)
{
    const QString symbolic = themeNames().value(name) + QStringLiteral("-symbolic");
    return themeNames().contains(name) && QIcon::hasThemeIcon(symbolic) ? QIcon::fromTheme(symbolic)
                                                                        : QIcon();
}

// Draws the icon of the desktop's theme, which is looked up at the first painting: most of our
// icons lie in menus, and a theme has many directories. Where there is none, or a color was given,
// draws one of our SVG files with its black replaced. That color is looked up at each painting.
class NamedIconEngine final : public QIconEngine
{
public:
    // `themed`: null to have ours, nothing to have it looked up.
    NamedIconEngine(QString name, std::optional<QColor> color, std::optional<QIcon> themed)
        : m_name(std::move(name))
        , m_color(color)
        , m_themed(std::move(themed))
    {
    }

    void paint(QPainter *painter, const QRect &rect, QIcon::Mode mode, QIcon::State state) override
    {
        if (!themed().isNull()) {
            themed().paint(painter, rect, Qt::AlignCenter, mode, state);
            return;
        }
        const qreal ratio = painter->device()->devicePixelRatioF();
        painter->drawPixmap(rect, scaledPixmap(rect.size(), mode, state, ratio));
    }

    QPixmap pixmap(const QSize &size, QIcon::Mode mode, QIcon::State state) override
    {
        return scaledPixmap(size, mode, state, 1.0);
    }

    // `size` is in device-independent pixels.
    QPixmap scaledPixmap(const QSize &size, QIcon::Mode mode, QIcon::State state,
                         qreal scale) override
    {
        if (!themed().isNull()) {
            return themed().pixmap(size, scale, mode, state);
        }
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

    QSize actualSize(const QSize &size, QIcon::Mode mode, QIcon::State state) override
    {
        return themed().isNull() ? size : themed().actualSize(size, mode, state);
    }

    QString iconName() override { return themed().name(); }
    bool isNull() override { return false; }
    QIconEngine *clone() const override { return new NamedIconEngine(*this); }

private:
    const QIcon &themed()
    {
        if (!m_themed) {
            m_themed = themedIcon(m_name);
        }
        return *m_themed;
    }

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
    std::optional<QIcon> m_themed; // once it is known
};

} // namespace

QIcon Icons::icon(const QString &name)
{
    return QIcon(new NamedIconEngine(name, {}, {})); // QIcon owns its engine
}

QIcon Icons::ownIcon(const QString &name)
{
    return QIcon(new NamedIconEngine(name, {}, QIcon()));
}

QIcon Icons::icon(const QString &name, const QColor &color)
{
    return QIcon(new NamedIconEngine(name, color, QIcon()));
}

} // namespace ui
