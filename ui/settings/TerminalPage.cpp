#include "ui/settings/TerminalPage.h"

#include "settings/Settings.h"
#include "ui/settings/ColorSchemeChoice.h"
#include "ui/terminal/PtyInput.h"
#include "ui/terminal/TerminalAppearance.h"
#include "ui/terminal/TerminalChoices.h"
#include "ui/terminal/TerminalView.h"

#include <QCheckBox>
#include <QComboBox>
#include <QFontComboBox>
#include <QFontDatabase>
#include <QFontInfo>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QSignalBlocker>
#include <QSpinBox>
#include <QVBoxLayout>

#include <algorithm>

namespace ui {
namespace {

namespace keys = settings::keys;

constexpr int mostNoticeSeconds = 86'400;
constexpr int scrollbackStep = 1000; // lines
constexpr int exampleLines = 8;

constexpr const char *exampleText
    = "\033[1;32mdeploy@web01\033[0m:\033[1;34m/srv/www\033[0m$ ls -l\r\n"
      "drwxr-xr-x 2 deploy www  4096 Nov  9 07:12 \033[1;34massets\033[0m\r\n"
      "-rwxr-xr-x 1 deploy www 18432 Nov  9 07:12 \033[1;32mserve\033[0m\r\n"
      "lrwxrwxrwx 1 deploy www     7 Nov  9 07:12 \033[1;36mcurrent\033[0m -> rel-142\r\n"
      "\033[31merror\033[0m \033[33mwarning\033[0m \033[35mnote\033[0m "
      "\033[7m selected \033[0m 0O 1lI {}[]()\r\n"
      "\033[1;32mdeploy@web01\033[0m:\033[1;34m/srv/www\033[0m$ ";

void choose(QComboBox &box, const QString &name)
{
    box.setCurrentIndex(std::max(0, box.findData(name))); // the first one is the default
}

} // namespace

TerminalPage::TerminalPage(settings::Settings &settings, QWidget *parent)
    : SettingsPage(tr("Terminal"), parent)
    , m_settings(settings)
    , m_systemFont(new QCheckBox(tr("The &system's font of fixed width")))
    , m_family(new QFontComboBox)
    , m_points(new QSpinBox)
    , m_colors(new ColorSchemeChoice(settings))
    , m_cursor(new QComboBox)
    , m_blinks(new QCheckBox(tr("&Blinking")))
    , m_scrollback(new QSpinBox)
    , m_bell(new QComboBox)
    , m_paste(new QComboBox)
    , m_closes(new QCheckBox(tr("Close a terminal when its shell ends &without an error")))
    , m_notice(new QSpinBox)
    , m_recordingName(new QLineEdit)
    , m_example(new TerminalView)
{
    createFields();
    createExample();
    auto *layout = new QVBoxLayout(this);
    layout->addLayout(createForm());
    layout->addWidget(m_example, 1);
    connectFields();
}

TerminalPage::~TerminalPage() = default;

void TerminalPage::createFields()
{
    const auto name = [](QWidget *field, const char *objectName, const QString &accessibleName) {
        field->setObjectName(QString::fromLatin1(objectName));
        field->setAccessibleName(accessibleName);
    };
    name(m_systemFont, "settingsTerminalSystemFont", tr("The system's font of fixed width"));
    name(m_family, "settingsTerminalFont", tr("Font"));
    name(m_points, "settingsTerminalFontSize", tr("Size of the font"));
    name(m_cursor, "settingsTerminalCursor", tr("Cursor"));
    name(m_blinks, "settingsTerminalBlinks", tr("Blinking cursor"));
    name(m_bell, "settingsTerminalBell", tr("Bell"));
    name(m_paste, "settingsTerminalPaste", tr("Ask before several lines are pasted"));
    name(m_closes, "settingsTerminalCloses", tr("Close a terminal when its shell ends well"));
    name(m_notice, "settingsTerminalNotice", tr("Tell when a long command has ended"));
    name(m_recordingName, "settingsTerminalRecordingName", tr("Name of recordings"));
    name(m_scrollback, "settingsTerminalScrollback", tr("Lines kept"));
    m_family->setFontFilters(QFontComboBox::MonospacedFonts);
    m_family->setEditable(false);
    m_points->setRange(TerminalAppearance::smallestPoints, TerminalAppearance::largestPoints);
    m_points->setSuffix(tr(" pt"));
    addCursorShapes(*m_cursor);
    addBells(*m_bell);
    m_paste->addItem(tr("Where they would run at once"), QStringLiteral("runs"));
    m_paste->addItem(tr("Always"), QStringLiteral("always"));
    m_paste->addItem(tr("Never, but on production servers"), QStringLiteral("never"));
    m_recordingName->setToolTip(
        tr("%h is the server, %d the date and %t the time. It begins in the home directory."));
    m_notice->setRange(0, mostNoticeSeconds);
    m_notice->setSuffix(tr(" s"));
    m_notice->setSpecialValueText(tr("never"));
    m_notice->setToolTip(
        tr("A message of the desktop when a command that took at least as long has "
           "ended while nobody looked, in shells that mark their commands"));
    m_scrollback->setRange(0, TerminalAppearance::mostScrollbackLines);
    m_scrollback->setSingleStep(scrollbackStep);
    m_scrollback->setGroupSeparatorShown(true);
    m_scrollback->setSuffix(tr(" lines"));
    m_scrollback->setSpecialValueText(tr("nothing"));
}

QFormLayout *TerminalPage::createForm()
{
    const auto row = [](std::initializer_list<QWidget *> fields) {
        auto *layout = new QHBoxLayout;
        for (QWidget *field : fields) {
            layout->addWidget(field);
        }
        layout->addStretch(1);
        return layout;
    };
    const auto label = [](const QString &text, QWidget *field) {
        auto *made = new QLabel(text);
        made->setBuddy(field);
        return made;
    };
    auto *form = new QFormLayout;
    form->addRow(label(tr("&Font"), m_family), row({m_family, m_points}));
    form->addRow(QString(), m_systemFont);
    form->addRow(label(tr("C&olors"), m_colors), row({m_colors}));
    form->addRow(label(tr("C&ursor"), m_cursor), row({m_cursor, m_blinks}));
    form->addRow(label(tr("B&ell"), m_bell), row({m_bell}));
    form->addRow(label(tr("&Keep"), m_scrollback), row({m_scrollback}));
    form->addRow(label(tr("Ask before &pasting lines"), m_paste), row({m_paste}));
    form->addRow(label(tr("&Tell of commands that took"), m_notice), row({m_notice}));
    form->addRow(label(tr("&Name of recordings"), m_recordingName), row({m_recordingName}));
    form->addRow(QString(), m_closes);
    return form;
}

// It can neither be typed into nor clicked.
void TerminalPage::createExample()
{
    m_example->setObjectName(QStringLiteral("settingsTerminalExample"));
    m_example->setAccessibleName(tr("Example"));
    m_example->setAttribute(Qt::WA_TransparentForMouseEvents);
    m_example->focusProxy()->setFocusPolicy(Qt::NoFocus);
    m_example->setMinimumHeight(m_example->fontMetrics().lineSpacing() * exampleLines);
    m_exampleInput = std::make_unique<PtyInput>(m_example->inputDescriptor());
    m_exampleInput->write(exampleText);
}

void TerminalPage::connectFields()
{
    const auto keepWord = [this](QComboBox *box, const settings::Key<QString> &key) {
        connect(box, &QComboBox::activated, this, [this, box, key] {
            m_settings.setValue(key, box->currentData().toString());
            showExample();
        });
    };
    connect(m_colors, &ColorSchemeChoice::changed, this, &TerminalPage::showExample);
    keepWord(m_cursor, keys::terminalCursor);
    keepWord(m_bell, keys::terminalBell);
    keepWord(m_paste, keys::terminalPaste);
    connect(m_recordingName, &QLineEdit::editingFinished, this, [this] {
        m_settings.setValue(keys::recordingName, m_recordingName->text().trimmed());
    });
    connect(m_closes, &QCheckBox::toggled, this,
            [this](bool isOn) { m_settings.setValue(keys::terminalCloses, isOn); });
    connect(m_notice, &QSpinBox::valueChanged, this,
            [this](int seconds) { m_settings.setValue(keys::commandNoticeSeconds, seconds); });
    connect(m_family, &QFontComboBox::currentFontChanged, this, &TerminalPage::keepFont);
    connect(m_points, &QSpinBox::valueChanged, this, &TerminalPage::keepFont);
    connect(m_systemFont, &QCheckBox::toggled, this, &TerminalPage::keepFont);
    connect(m_blinks, &QCheckBox::toggled, this, [this](bool isOn) {
        m_settings.setValue(keys::terminalCursorBlinks, isOn);
        showExample();
    });
    connect(m_scrollback, &QSpinBox::valueChanged, this,
            [this](int lines) { m_settings.setValue(keys::terminalScrollback, lines); });
}

void TerminalPage::keepFont()
{
    const bool isSystem = m_systemFont->isChecked();
    m_settings.setValue(keys::terminalFontFamily,
                        isSystem ? QString() : m_family->currentFont().family());
    m_settings.setValue(keys::terminalFontPoints, isSystem ? 0 : m_points->value());
    load();
}

void TerminalPage::load()
{
    const TerminalAppearance appearance = TerminalAppearance::of(m_settings);
    const QSignalBlocker quietFont(m_systemFont);
    const QSignalBlocker quietFamily(m_family);
    const QSignalBlocker quietPoints(m_points);
    const QSignalBlocker quietBlinks(m_blinks);
    const QSignalBlocker quietScrollback(m_scrollback);
    const QSignalBlocker quietCloses(m_closes);
    const QSignalBlocker quietNotice(m_notice);
    const bool isSystem = m_settings.value(keys::terminalFontFamily).isEmpty()
        && m_settings.value(keys::terminalFontPoints) == 0;
    const QFontInfo font(appearance.font);
    m_systemFont->setChecked(isSystem);
    m_family->setEnabled(!isSystem);
    m_points->setEnabled(!isSystem);
    m_family->setCurrentFont(QFont(font.family()));
    m_points->setValue(font.pointSize());
    m_colors->load();
    choose(*m_bell, m_settings.value(keys::terminalBell));
    choose(*m_cursor, m_settings.value(keys::terminalCursor));
    m_blinks->setChecked(appearance.isCursorBlinking);
    choose(*m_paste, m_settings.value(keys::terminalPaste));
    m_recordingName->setText(m_settings.value(keys::recordingName));
    m_closes->setChecked(m_settings.value(keys::terminalCloses));
    m_notice->setValue(m_settings.value(keys::commandNoticeSeconds));
    m_scrollback->setValue(appearance.scrollbackLines);
    showExample();
}

void TerminalPage::showExample()
{
    m_example->setAppearance(TerminalAppearance::of(m_settings));
}

} // namespace ui
