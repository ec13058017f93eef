// TransportPage: how a session encrypts, compresses and keeps its connection alive.

#pragma once

#include "ui/connect/ProfilePage.h"

namespace ui {

class AlgorithmListEdit;
class InheritedCheckBox;
class InheritedNumberBox;
class PlainLabel;

class TransportPage final : public ProfilePage
{
    Q_OBJECT

public:
    enum class Scope {
        Session,
        Group, // without the preset: no group gives old algorithms to others
    };

    explicit TransportPage(Scope scope, QWidget *parent = nullptr);

    void load(const profiles::Profile &profile) override;
    void store(profiles::Profile &profile) const override;
    void showInherited(const profiles::EffectiveProfile &inherited) override;
    QString problem() const override;

private:
    void createPresetRow();
    void choosePreset();

    QLineEdit *m_sftpServer;
    QLineEdit *m_remoteDirectory;
    QLineEdit *m_localDirectory;
    InheritedNumberBox *m_interval; // seconds
    InheritedNumberBox *m_count;
    InheritedCheckBox *m_reconnects;
    InheritedCheckBox *m_compress;
    InheritedCheckBox *m_tcpKeepAlive;
    InheritedNumberBox *m_rekeyMebibytes;
    InheritedNumberBox *m_rekeyMinutes;
    InheritedNumberBox *m_transferConnections;
    QComboBox *m_preset;
    PlainLabel *m_warning;
    AlgorithmListEdit *m_algorithms;
};

} // namespace ui
