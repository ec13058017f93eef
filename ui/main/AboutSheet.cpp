#include "ui/main/AboutSheet.h"

#include "ssh/LibsshVersion.h"
#include "ui/widgets/PlainLabel.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QPushButton>
#include <QSysInfo>
#include <QVBoxLayout>

namespace ui {

AboutSheet::AboutSheet(QWidget *parent)
    : Sheet(parent)
{
    setObjectName(QStringLiteral("aboutSheet"));
    setAccessibleName(tr("About Ponto"));
    auto *copy = new QPushButton(tr("&Copy versions"));
    copy->setObjectName(QStringLiteral("aboutCopy"));
    auto *close = new QPushButton(tr("Close"));
    close->setObjectName(QStringLiteral("aboutClose"));
    setFocusProxy(close);
    setDefaultButton(close);
    auto *known = new PlainLabel(versions(), PlainLabel::Role::Value);
    known->setObjectName(QStringLiteral("aboutVersions"));
    known->setAccessibleName(tr("Versions"));

    auto *buttons = new QHBoxLayout;
    buttons->addStretch();
    buttons->addWidget(copy);
    buttons->addWidget(close);
    auto *layout = new QVBoxLayout(this);
    layout->addWidget(new PlainLabel(tr("Ponto"), PlainLabel::Role::Title));
    layout->addWidget(new PlainLabel(tr("Terminals, files and tunnels on other computers, over "
                                        "SSH. Ponto is Esperanto for bridge.")));
    layout->addWidget(new PlainLabel(
        tr("Free software under the GNU General Public License, version 3 or any later one. You "
           "may use it, change it and pass it on under these terms. It comes with no warranty."),
        PlainLabel::Role::Subtle));
    layout->addWidget(known);
    layout->addLayout(buttons);
    connect(copy, &QPushButton::clicked, this,
            [] { QGuiApplication::clipboard()->setText(versions()); });
    connect(close, &QPushButton::clicked, this, &Sheet::cancel);
}

QString AboutSheet::versions()
{
    return QStringLiteral("Ponto %1, Qt %2, libssh %3, %4")
        .arg(QCoreApplication::applicationVersion(), QString::fromLatin1(qVersion()),
             ssh::libsshVersion(), QSysInfo::prettyProductName());
}

} // namespace ui
