#include "ui/settings/ColorSchemeChoice.h"

#include "base/DisplayText.h"
#include "settings/Settings.h"
#include "ui/errors/ErrorText.h"
#include "ui/terminal/TerminalAppearance.h"
#include "ui/terminal/TerminalChoices.h"
#include "ui/widgets/PlainLabel.h"

#include <QComboBox>
#include <QFile>
#include <QFileDialog>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QPushButton>
#include <QVBoxLayout>

#include <algorithm>

namespace ui {
namespace {

namespace keys = settings::keys;

using Problem = terminal::ColorScheme::Problem;

} // namespace

ColorSchemeChoice::ColorSchemeChoice(settings::Settings &settings, QWidget *parent)
    : QWidget(parent)
    , m_settings(settings)
    , m_schemes(TerminalAppearance::schemes(settings))
    , m_box(new QComboBox)
    , m_remove(new QPushButton(tr("Remove")))
    , m_problem(new PlainLabel({}, PlainLabel::Role::Danger))
{
    m_box->setObjectName(QStringLiteral("settingsTerminalColors"));
    m_box->setAccessibleName(tr("Colors"));
    setFocusProxy(m_box);
    auto *import = new QPushButton(tr("Import…"));
    import->setObjectName(QStringLiteral("settingsTerminalImportColors"));
    import->setToolTip(tr("A .colorscheme file of Konsole"));
    m_remove->setObjectName(QStringLiteral("settingsTerminalRemoveColors"));
    m_problem->setObjectName(QStringLiteral("settingsTerminalColorsProblem"));
    m_problem->hide();
    auto *row = new QHBoxLayout;
    row->addWidget(m_box);
    row->addWidget(import);
    row->addWidget(m_remove);
    row->addStretch(1);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins({});
    layout->addLayout(row);
    layout->addWidget(m_problem);
    connect(m_box, &QComboBox::activated, this,
            [this] { choose(m_box->currentData().toString()); });
    connect(import, &QPushButton::clicked, this, &ColorSchemeChoice::ask);
    connect(m_remove, &QPushButton::clicked, this, &ColorSchemeChoice::removeChosen);
    load();
}

void ColorSchemeChoice::load()
{
    m_box->clear();
    addTerminalColors(*m_box, m_settings);
    // The first one is the default.
    m_box->setCurrentIndex(std::max(0, m_box->findData(m_settings.value(keys::terminalColors))));
    m_remove->setEnabled(
        m_box->currentData().toString().startsWith(TerminalAppearance::schemePrefix));
}

void ColorSchemeChoice::choose(const QString &value)
{
    m_settings.setValue(keys::terminalColors, value);
    m_problem->hide();
    load();
    emit changed();
}

void ColorSchemeChoice::ask()
{
    auto *dialog = new QFileDialog(this, tr("Import colors"));
    dialog->setObjectName(QStringLiteral("importColorsDialog"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    dialog->setNameFilters({tr("Color schemes of Konsole (*.colorscheme)"), tr("All files (*)")});
    connect(dialog, &QFileDialog::fileSelected, this, &ColorSchemeChoice::importFile);
    dialog->open();
}

void ColorSchemeChoice::importFile(const QString &path)
{
    const QString name = base::displayText(QFileInfo(path).fileName());
    QFile file(path);
    if (!QFileInfo(path).isFile() || !file.open(QIODevice::ReadOnly)) {
        tell(tr("%1 can not be read: %2").arg(name, file.errorString()));
        return;
    }
    const auto scheme
        = terminal::ColorScheme::fromKonsole(file.read(terminal::ColorScheme::mostBytes + 1));
    if (!scheme) {
        switch (scheme.error()) {
        case Problem::TooLarge:
            tell(tr("%1 is too large to be a color scheme. Choose another file.").arg(name));
            return;
        case Problem::NotAScheme:
            tell(tr("%1 is no whole color scheme of Konsole. Choose a .colorscheme file.")
                     .arg(name));
            return;
        case Problem::BadColor:
            tell(tr("%1 was not imported: one of its colors is not written as red,green,blue.")
                     .arg(name));
            return;
        }
    }
    const auto added = m_schemes.add(*scheme, QFileInfo(path).completeBaseName());
    if (added) {
        choose(TerminalAppearance::schemePrefix + *added);
    } else {
        tell(tr("The colors of %1 could not be kept: %2").arg(name, errorText(added.error()).why));
    }
}

void ColorSchemeChoice::removeChosen()
{
    const QString value = m_box->currentData().toString();
    const auto removed = m_schemes.remove(value.sliced(TerminalAppearance::schemePrefix.size()));
    if (removed) {
        choose(QStringLiteral("system"));
    } else {
        tell(tr("The colors could not be removed: %1").arg(errorText(removed.error()).why));
    }
}

void ColorSchemeChoice::tell(const QString &problem)
{
    m_problem->setText(problem);
    m_problem->show();
}

} // namespace ui
