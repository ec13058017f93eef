#include "ui/terminal/TerminalChoices.h"

#include "ui/terminal/TerminalAppearance.h"

#include <QComboBox>
#include <QCoreApplication>

namespace ui {
namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("ui::TerminalChoices", text);
}

} // namespace

void addLogForms(QComboBox &box)
{
    box.addItem(tr("Never"), QStringLiteral("off"));
    box.addItem(tr("As lines of text"), QStringLiteral("plain"));
    box.addItem(tr("As lines of text, each with its time"), QStringLiteral("timed"));
    box.addItem(tr("As recordings to be replayed (asciicast)"), QStringLiteral("cast"));
}

void addCursorShapes(QComboBox &box)
{
    box.addItem(tr("Block"), QStringLiteral("block"));
    box.addItem(tr("Underline"), QStringLiteral("underline"));
    box.addItem(tr("Bar"), QStringLiteral("bar"));
}

void addBells(QComboBox &box)
{
    box.addItem(tr("Mark the tab"), QStringLiteral("mark"));
    box.addItem(tr("Mark the tab and flash the terminal"), QStringLiteral("visual"));
    box.addItem(tr("Nothing"), QStringLiteral("none"));
}

void addTerminalColors(QComboBox &box, const settings::Settings &settings)
{
    box.addItem(tr("As the window"), QStringLiteral("system"));
    box.addItem(tr("Light"), QStringLiteral("light"));
    box.addItem(tr("Dark"), QStringLiteral("dark"));
    const terminal::ColorSchemes schemes = TerminalAppearance::schemes(settings);
    for (const QString &id : schemes.ids()) {
        box.addItem(schemes.nameOf(id), TerminalAppearance::schemePrefix + id);
    }
}

} // namespace ui
